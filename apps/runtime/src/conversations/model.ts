import type { Connection } from "mongoose";

/** A conversation that was recorded: caller left, operator right. Its sound lies on the private shelf under `sha256`. */
export interface ConversationDocument {
  /** `conv_` and the digits of its recording's id: a recording is kept once. */
  readonly _id: string;
  readonly companyId: string;
  readonly callId: string;
  readonly queueId: string | null;
  readonly operatorId: string | null;
  readonly operatorName: string | null;
  /** Of the other side; null where it is hidden. */
  readonly number: string | null;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly sha256: string;
  readonly peaks: readonly number[];
  /** UTC ms. As the queue said when it was recorded, so that a shorter time later is a promise kept for what is new. */
  readonly keptUntil: number;
}

export const conversationCollection = (connection: Connection) =>
  connection.collection<ConversationDocument>("conversations");

/** Creates the indexes; safe to call at each start. */
export async function prepareConversations(connection: Connection): Promise<void> {
  const conversations = conversationCollection(connection);
  await conversations.createIndex({ companyId: 1, callId: 1 });
  await conversations.createIndex({ keptUntil: 1 });
}
