import { type LookupOptions, lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { Agent } from "undici";

/** An address of the server's own surroundings, which nobody has allowed. */
export class PrivateAddressError extends Error {
  readonly address: string;
  constructor(address: string) {
    super(`${address} is a private address`);
    this.address = address;
  }
}

/** Whether a listed address or network (`10.0.0.5`, `192.168.1.0/24`) can be read. */
export function isNetwork(written: string): boolean {
  return ipaddr.isValidCIDR(written) || ipaddr.isValid(written);
}

/** Whether the server may connect to an address: public ones, and those that an administrator listed. */
export function mayConnect(address: string, allowed: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address in the clothes of IPv6 is judged as what it is.
  const ip = ipaddr.process(address);
  return ip.range() === "unicast" || allowed.some((network) => contains(network, ip));
}

function contains(network: string, ip: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ipaddr.isValidCIDR(network)) {
    const [base, bits] = ipaddr.parseCIDR(network);
    return base.kind() === ip.kind() && ip.match(base, bits);
  }
  return ipaddr.isValid(network) && ipaddr.process(network).toString() === ip.toString();
}

/** Throws for a host that is written as an address and may not be connected to; names are judged when they are looked up. */
export function assertHostAllowed(url: URL, allowed: readonly string[]): void {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (ipaddr.isValid(host) && !mayConnect(host, allowed)) throw new PrivateAddressError(host);
}

/**
 * Connections to nothing but allowed addresses. A name is judged by what it leads to in the very look-up whose answer is connected to: one
 * that leads somewhere else a moment later (DNS rebinding) gains nothing.
 */
export function guardedAgent(allowed: readonly string[], resolve: typeof lookup = lookup): Agent {
  const guarded: LookupFunction = (hostname, options: LookupOptions, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, "", 0);
      const [first] = addresses;
      const refused = addresses.find(({ address }) => !mayConnect(address, allowed));
      if (refused) return callback(new PrivateAddressError(refused.address), "", 0);
      if (!first) return callback(new Error(`${hostname} leads nowhere`), "", 0);
      if (options.all) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
  return new Agent({ connect: { lookup: guarded, timeout: 5_000 }, maxResponseSize: 1_000_000, connections: 10 });
}
