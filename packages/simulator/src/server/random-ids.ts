import { randomBytes, randomUUID } from "node:crypto";
import type { IdSource } from "../core/types.ts";

const LETTERS = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";

/** Ids in jambonz's forms: UUIDs for calls, 22 letters for messages. */
export function randomIds(): IdSource {
  return {
    callSid: () => randomUUID(),
    messageId: () => Array.from(randomBytes(22), (byte) => LETTERS[byte % LETTERS.length]).join(""),
    sipCallId: () => randomUUID(),
    sipTag: () => randomBytes(7).toString("hex"),
  };
}
