import type { GreetingState, Greetings, MessageState, VoicemailBoxFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { type Owned, ownedCollection } from "../access/index.ts";
import type { Bus } from "../ports/index.ts";

export interface BoxDocument extends Owned, VoicemailBoxFields {
  /** Absent in boxes of before. */
  readonly greetings?: StoredGreetings;
  /** Argon2id of the code that opens it from a telephone. */
  readonly codeHash?: string | null;
}

/** `recordingId`: of a greeting that was recorded by telephone, so that keeping it twice is keeping it once. */
export type StoredGreetings = {
  readonly [State in GreetingState]?: Greetings[State] & { readonly recordingId?: string };
};

/** Wrong codes, by box and caller, and by box: until `until` they count. */
export interface CodeTries {
  readonly _id: string;
  readonly companyId: string;
  readonly count: number;
  readonly until: number;
}

/** Who did something, by the name they had then. */
export interface Person {
  /** `telephone`: whoever keyed the code of a box, by its name. */
  readonly kind: "user" | "operator" | "telephone";
  readonly id: string;
  readonly name: string;
}

export interface Done {
  readonly at: number;
  readonly by: Person;
}

/** One message. Its audio lies on the private shelf under `sha256`. */
export interface MessageDocument {
  /** `msg_` and the digits of its recording's id: a recording is delivered once. */
  readonly _id: string;
  readonly companyId: string;
  readonly boxId: string;
  readonly callId: string;
  readonly state: MessageState;
  readonly receivedAt: number;
  readonly durationMs: number;
  readonly sha256: string;
  /** Absent in messages of before. */
  readonly peaks?: readonly number[];
  /** Of a copy: the box it comes from, and who sent it on. */
  readonly forwarded?: { readonly boxName: string; readonly by: Person } | null;
  readonly from: string | null;
  readonly hidden: boolean;
  readonly callerName: string | null;
  readonly lineName: string;
  readonly heard: Done | null;
  readonly assignedTo: string | null;
  readonly note: string;
  readonly calledBack: Done | null;
  readonly deletedAt: number | null;
}

export const boxCollection = (connection: Connection, bus: Bus) =>
  ownedCollection<BoxDocument>(
    connection,
    {
      name: "voicemailBoxes",
      resource: "voicemailBoxes",
      singular: "voicemail box",
      unique: "name",
      sortBy: "name",
    },
    bus,
  );

export const codeTriesCollection = (connection: Connection) => connection.collection<CodeTries>("voicemailCodeTries");

export const messageCollection = (connection: Connection) => connection.collection<MessageDocument>("messages");

/** Creates the indexes; safe to call at each start. */
export async function prepareVoicemail(connection: Connection): Promise<void> {
  await connection.collection("voicemailBoxes").createIndex({ companyId: 1, name: 1 }, { unique: true });
  const messages = messageCollection(connection);
  await messages.createIndex({ companyId: 1, receivedAt: -1 });
  await messages.createIndex({ companyId: 1, callId: 1 });
  await messages.createIndex({ companyId: 1, boxId: 1, state: 1, receivedAt: -1 });
  await messages.createIndex({ deletedAt: 1 }, { partialFilterExpression: { state: "deleted" }, name: "deleted" });
}
