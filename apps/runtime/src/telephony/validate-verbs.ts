import verbSpecifications from "@jambonz/verb-specifications";
import type { Verb } from "../ports/index.ts";

/** JAMBONES_WS_MAX_PAYLOAD's default: a bigger message closes the socket with 1009 (jambonz 0.9.8, seen: g10). */
const MAX_MESSAGE_BYTES = 24 * 1024;

/** Verbs that jambonz would refuse, or drop without a word: a bug of ours, never of the caller's making. */
export class InvalidVerbsError extends Error {
  readonly code = "telephony.invalidVerbs";
}

/**
 * Checks a list against the specification that jambonz itself uses (protocol rule 2): an unknown property ends an un-acked call with 480
 * (g3b) and makes a command vanish (g5b). Throws InvalidVerbsError; nothing may have been sent before.
 */
export function validateVerbs(verbs: readonly Verb[]): void {
  try {
    verbSpecifications.validate(silent, verbs);
  } catch (error) {
    throw new InvalidVerbsError(error instanceof Error ? error.message : String(error));
  }
}

/** The message as it goes over the wire. Throws InvalidVerbsError when jambonz would close the socket over its size. */
export function encodeMessage(message: object): string {
  const text = JSON.stringify(message);
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_MESSAGE_BYTES) {
    throw new InvalidVerbsError(`a message of ${bytes} bytes: jambonz takes ${MAX_MESSAGE_BYTES}`);
  }
  return text;
}

const silent = { info() {}, debug() {}, error() {} };
