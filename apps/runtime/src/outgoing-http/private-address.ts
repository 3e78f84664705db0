import ipaddr from "ipaddr.js";

/** Whether an address is one of the public internet: not of a private, local, reserved or documentation range, in IPv4 or IPv6. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // What IPv6 carries of IPv4 is judged as IPv4.
  return ipaddr.process(address).range() === "unicast" && !carriesPrivate(address);
}

/** NAT64 and 6to4: an IPv4 address inside an IPv6 one, where a gateway takes it out again. `ipaddr.js` calls these ranges by name. */
function carriesPrivate(address: string): boolean {
  const parsed = ipaddr.parse(address);
  return parsed.kind() === "ipv6" && ["rfc6145", "rfc6052", "6to4", "teredo"].includes(parsed.range());
}

/**
 * What an administrator listed as reachable although it is private: a host name (`crm.lan`), an address (`10.0.0.5`), or a range
 * (`10.1.0.0/16`). Names are compared as they are asked for; a range is compared with the address that a name leads to.
 */
export function isListed(listed: readonly string[], { host, address }: { host: string; address: string }): boolean {
  const parsed = ipaddr.isValid(address) ? ipaddr.process(address) : null;
  return listed.some((entry) => {
    if (entry.toLowerCase() === host.toLowerCase()) return true;
    if (parsed === null) return false;
    if (ipaddr.isValidCIDR(entry)) {
      const [base, bits] = ipaddr.parseCIDR(entry);
      return base.kind() === parsed.kind() && parsed.match([base, bits] as never);
    }
    return ipaddr.isValid(entry) && ipaddr.process(entry).toNormalizedString() === parsed.toNormalizedString();
  });
}

/** Whether it can be put on the list: a name without a scheme, a port or a path; an address; or a range that is not the whole internet. */
export function canBeListed(entry: string): boolean {
  if (ipaddr.isValid(entry)) return true;
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry)[1] >= 8;
  return /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?)*$/i.test(entry);
}

/** What can be said of a host before it is looked up: an address that is public, or listed, or private; a name is what it leads to. */
export function mayBeAsked(host: string, listed: readonly string[]): "public" | "listed" | "private" | "name" {
  if (isListed(listed, { host, address: host })) return "listed";
  if (/^(localhost|.+\.localhost)$/i.test(host)) return "private";
  if (!ipaddr.isValid(host)) return "name";
  return isPublicAddress(host) ? "public" : "private";
}
