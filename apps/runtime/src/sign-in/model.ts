import type { ErrorCode, SignInSettings } from "@cordboard/api";
import type { Connection } from "mongoose";

/** How a company's people sign in by its identity provider: one document a company. */
export interface SignInDocument extends Omit<SignInSettings, "hasClientSecret" | "redirectUri"> {
  /** The company's id. */
  readonly _id: string;
  readonly companyId: string;
  /** Sealed; null: a public client. */
  readonly clientSecret: string | null;
}

/** What came of a sign-in at the issuer, until the page that began it asks. */
export type TicketOutcome =
  | { readonly kind: "user" | "operator"; readonly companyId: string; readonly subjectId: string }
  | { readonly kind: "refused"; readonly code: ErrorCode; readonly details: Readonly<Record<string, unknown>> };

export interface TicketDocument {
  /** The ticket's hash. */
  readonly _id: string;
  readonly outcome: TicketOutcome;
  /** Hash of what the page must show besides; null: whoever has the ticket may read it (it opens nothing). */
  readonly challenge: string | null;
  readonly until: number;
  /** A date, for the store's own clean-up; what decides is `until`. */
  readonly expiresAt: Date;
}

export const signInCollections = (connection: Connection) => ({
  settings: connection.collection<SignInDocument>("signIn"),
  tickets: connection.collection<TicketDocument>("signInTickets"),
});

/** Creates the indexes; safe to call at each start. */
export async function prepareSignIn(connection: Connection): Promise<void> {
  await signInCollections(connection).tickets.createIndex({ expiresAt: 1 }, { expireAfterSeconds: 0 });
}
