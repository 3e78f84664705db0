import type { TelephoneSpec } from "./types.ts";

/** Who rings when an address is dialled. */
export interface TelephoneRegistry {
  register(spec: TelephoneSpec): void;
  unregister(id: string): void;
  /** The telephone that the request address of an INVITE means, if any. */
  find(uri: string): string | undefined;
}

/**
 * Telephones answer to SIP addresses (`sip:ines@desk.example`), to user names with or without a realm, and to numbers with or
 * without `+`, or in their country's form (`0612345678` for `+33612345678`). The most exact address wins.
 */
export function createTelephoneRegistry(): TelephoneRegistry {
  const specs = new Map<string, TelephoneSpec>();
  return {
    register: (spec) => {
      specs.set(spec.id, spec);
    },
    unregister: (id) => {
      specs.delete(id);
    },
    find: (uri) => {
      const full = plain(uri);
      const user = full.split("@")[0] ?? "";
      for (const matches of [
        (address: string) => address === full,
        (address: string) => !address.includes("@") && withoutPlus(address) === withoutPlus(user),
        (address: string) => isSameNumber(address, user),
      ]) {
        for (const spec of specs.values())
          if (spec.addresses.some((address) => matches(plain(address)))) return spec.id;
      }
      return undefined;
    },
  };
}

/** `user@host[:port]` of an address, without scheme and parameters. */
function plain(address: string): string {
  return address.replace(/^(sips?|tel):/, "").replace(/[;?].*$/, "");
}

/** Whether one is the other with its country in front. Short numbers are extensions, and only themselves. */
function isSameNumber(a: string, b: string): boolean {
  if (!/^\+?\d{8,}$/.test(a) || !/^\+?\d{8,}$/.test(b)) return false;
  const [one, other] = [a, b].map((number) => withoutPlus(number).replace(/^0+/, ""));
  return one !== undefined && other !== undefined && (one.endsWith(other) || other.endsWith(one));
}

const withoutPlus = (number: string): string => number.replace(/^\+/, "");
