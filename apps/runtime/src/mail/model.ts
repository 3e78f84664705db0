import type { Connection } from "mongoose";
import type { MailAttachment } from "../ports/index.ts";

/** A mail that was posted. What it says is dropped once it is delivered: only that it was is kept, for a month. */
export interface MailDocument {
  readonly _id: string;
  readonly companyId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly attachments: readonly MailAttachment[];
  readonly state: "due" | "sent" | "refused" | "givenUp";
  readonly attempts: number;
  /** Not tried before; whoever tries it sets it on, so that nobody else tries at the same time. */
  readonly nextAt: number;
  readonly postedAt: number;
  readonly endedAt: number | null;
  readonly lastProblem: string | null;
}

export const mailCollection = (connection: Connection) => connection.collection<MailDocument>("mails");

/** Creates the indexes; safe to call at each start. */
export async function prepareMails(connection: Connection): Promise<void> {
  const mails = mailCollection(connection);
  await mails.createIndex({ nextAt: 1 }, { name: "dueMails", partialFilterExpression: { state: "due" } });
  await mails.createIndex({ postedAt: 1 });
}
