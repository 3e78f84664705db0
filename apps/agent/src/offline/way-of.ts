/** How the service worker answers: see `wayOf`. */
export type Way = "network" | "kept" | "page";

interface Asked {
  readonly method: string;
  /** `navigate` for a page that is opened. */
  readonly mode: string;
  readonly url: string;
}

/**
 * `page`: the newest page from the server and, only where the server does not answer, the kept one, which then says so itself. `kept`: a file of the
 * agent whose name changes with its contents, kept from before. Everything else is the network's alone: nothing that the server says is ever answered
 * from memory, so the agent cannot show what is not so.
 */
export function wayOf({ method, mode, url }: Asked, base: string): Way {
  const { origin, pathname } = new URL(url);
  const home = new URL(base);
  if (method !== "GET" || origin !== home.origin || !pathname.startsWith(home.pathname)) return "network";
  if (mode === "navigate") return "page";
  return pathname.startsWith(`${home.pathname}assets/`) ? "kept" : "network";
}
