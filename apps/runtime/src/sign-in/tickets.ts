import { createHash } from "node:crypto";
import type { Connection } from "mongoose";
import type { Clock } from "../ports/index.ts";
import { newToken, tokenHash } from "../users/index.ts";
import { signInCollections, type TicketOutcome } from "./model.ts";

/** Between the issuer's redirect and the page that asks lie two requests of one browser. */
const KEPT_MS = 2 * 60_000;

/**
 * Tickets carry what came of a sign-in from the redirect to the page that began it. One is good once, and only together with the verifier that
 * the page kept for itself: who sees an address in a history, or slips somebody a ticket of their own, has nothing by it.
 */
export function createTickets({ connection, clock }: { readonly connection: Connection; readonly clock: Clock }) {
  const { tickets } = signInCollections(connection);
  return {
    async give(outcome: TicketOutcome, challenge: string | null): Promise<string> {
      const ticket = newToken();
      const until = clock.now() + KEPT_MS;
      await tickets.insertOne({ _id: tokenHash(ticket), outcome, challenge, until, expiresAt: new Date(until) });
      return ticket;
    },
    /** Null: there is none, it is too old, was taken, or is another page's. */
    async take(ticket: string, verifier: string): Promise<TicketOutcome | null> {
      const found = await tickets.findOneAndDelete({ _id: tokenHash(ticket) });
      if (!found || found.until <= clock.now()) return null;
      return found.challenge === null || found.challenge === challengeOf(verifier) ? found.outcome : null;
    },
  };
}

export type Tickets = ReturnType<typeof createTickets>;

/** As PKCE has it (RFC 7636, S256). */
const challengeOf = (verifier: string) => createHash("sha256").update(verifier).digest("base64url");
