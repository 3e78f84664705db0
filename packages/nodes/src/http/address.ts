/** What an address with `{{ … }}` shows before any of it is worked out. */
export interface KnownAddress {
  /** The host, which stands there as it is. */
  readonly host: string;
}

const SERVER = /^https?:\/\/([^/?#\s\\@{}]+)([/?#].*)?$/is;

/** The server of an address; null: there is none that stands there before values come in, or it is no http address. */
export function knownAddress(url: string): KnownAddress | null {
  const server = SERVER.exec(url.trim())?.[1];
  if (server === undefined) return null;
  const host = /^\[([0-9a-f:.]+)\](:\d{1,5})?$/i.exec(server)?.[1] ?? /^([a-z0-9._-]+)(:\d{1,5})?$/i.exec(server)?.[1];
  return host === undefined ? null : { host };
}

const PRIVATE_V4 =
  /^(10|127|0)\.|^169\.254\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;
const PRIVATE_V6 = /^(::1?$|f[cd]|fe[89ab])/i;
const PRIVATE_NAME = /^[^.]+$|\.(local|localhost|lan|internal|intranet|home|corp|home\.arpa)$/i;

/** Whether a host looks like one of a network of one's own. A hint for authors: what may be asked is judged as it is asked. */
export function looksPrivate(host: string): boolean {
  if (host.includes(":")) return PRIVATE_V6.test(host);
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) ? PRIVATE_V4.test(host) : PRIVATE_NAME.test(host);
}
