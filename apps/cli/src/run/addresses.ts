import { isIP } from "node:net";

export interface Place {
  readonly host: string;
  readonly port: number;
  readonly labPort: number;
  readonly tls: boolean;
  /** What people and other machines call this server; `null` where nothing was set. */
  readonly publicUrl: string | null;
}

/** Where everything of an installation is found. */
export interface Addresses {
  /** The host that the parts on this machine reach each other at: where they listen, or this machine itself where that is every address. */
  readonly near: string;
  /** The runtime, for this machine's own parts. */
  readonly local: string;
  /** The runtime, for people. */
  readonly base: string;
  /** The lab, for people. */
  readonly lab: string;
}

/** An address to listen at is not always one to go to: `0.0.0.0` and `::` are every address, and one with colons stands in brackets. */
export function addressesOf({ host, port, labPort, tls, publicUrl }: Place): Addresses {
  const everywhere = host === "0.0.0.0" || host === "::";
  const near = everywhere ? "127.0.0.1" : isIP(host) === 6 ? `[${host}]` : host;
  const local = `${tls ? "https" : "http"}://${near}:${port}`;
  const known = publicUrl !== null && URL.canParse(publicUrl) ? new URL(publicUrl).hostname : null;
  return {
    near,
    local,
    base: publicUrl?.replace(/\/+$/, "") ?? local,
    // Its page is asked for by browsers elsewhere only where it listens for them.
    lab: `http://${everywhere && known ? known : near}:${labPort}/lab`,
  };
}
