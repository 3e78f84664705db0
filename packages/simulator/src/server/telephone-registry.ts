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
 * without `+`. The most exact address wins.
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

const withoutPlus = (number: string): string => number.replace(/^\+/, "");
