import { lookup as dnsLookup, type LookupAddress } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Networks that are somebody's own, or nobody's (RFC 6890): a name that leads there is not for the world. */
const privateNetworks = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const)
  privateNetworks.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
  ["::", 127],
  ["64:ff9b::", 96],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const)
  privateNetworks.addSubnet(network, prefix, "ipv6");

/** Whether an address lies in a private network. */
export function isPrivateAddress(address: string): boolean {
  return privateNetworks.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

const sentence = (host: string) => `${host} lies in a private network, which the server's configuration does not list`;

/** Looks names up, and refuses those that lead into a private network: at the very connection, so that no name can change in between. */
export const publicLookup: { readonly lookup: LookupFunction; refusal(host: string): string | null } = {
  lookup: (host, options, done) =>
    dnsLookup(host, { ...options, all: true }, (error, found) => {
      const addresses: LookupAddress[] = typeof found === "string" ? [] : found;
      const bad = addresses.some(({ address }) => isPrivateAddress(address));
      const refused = error ?? (bad ? new Error(sentence(host)) : null);
      const [first] = addresses;
      if (refused || !first) done(refused ?? new Error(`${host} was not found`), "", 0);
      else if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    }),
  /** Of a host that is written as an address, which is never looked up; null: it may be called. */
  refusal(host) {
    const address = host.replace(/^\[|\]$/g, "");
    return isIP(address) !== 0 && isPrivateAddress(address) ? sentence(host) : null;
  },
};
