import type { Sealer } from "../sealing/index.ts";
import type { Challenges } from "./issuer.ts";

/** Where a sign-in began, and leads back to. */
export type SignInPage = "designer" | "agent" | "calls";

/** One attempt to sign in, between leaving for the issuer and coming back. It travels sealed, in a cookie of the browser. */
export interface Attempt extends Challenges {
  readonly companyId: string;
  readonly page: SignInPage;
  readonly popup: boolean;
  /** Hash of what the page kept for itself. */
  readonly challenge: string;
  readonly begunAt: number;
}

/** Long enough to find one's second factor. */
const ATTEMPT_MS = 10 * 60_000;

/** In an alphabet that cookies take as it is. */
export const sealAttempt = (sealer: Sealer, attempt: Attempt): string =>
  Buffer.from(sealer.seal(JSON.stringify(attempt)), "base64").toString("base64url");

/** Null: there is none, it is not ours, too old, or another one than the issuer answers to. */
export function openAttempt(
  sealer: Sealer,
  sealed: string | null,
  state: string | undefined,
  now: number,
): Attempt | null {
  if (sealed === null) return null;
  try {
    const attempt: Attempt = JSON.parse(sealer.open(sealed));
    return attempt.state === state && now - attempt.begunAt < ATTEMPT_MS ? attempt : null;
  } catch {
    return null;
  }
}

/** The state that the issuer gives back begins with the page, so that even a browser without its cookie is led to the right one. */
export const stateOf = (page: SignInPage, popup: boolean, random: string): string =>
  `${page}.${popup ? "w" : "p"}.${random}`;

export function pageOfState(state: string | undefined): { readonly page: SignInPage; readonly popup: boolean } {
  const [page, window] = (state ?? "").split(".");
  return { page: page === "agent" || page === "calls" ? page : "designer", popup: window === "w" };
}

/** The page of ours that takes the ticket. In the fragment, which no server and no log sees. */
export function addressWith(ticket: string, { page, popup }: Pick<Attempt, "page" | "popup">): string {
  if (popup) return `/agent/signed-in.html#${ticket}`;
  const app = page === "designer" ? "designer" : "agent";
  return `/${app}/#sign-in/${page}/${ticket}`;
}
