import type { ServerMessage } from "@cordboard/api";

const types: readonly string[] = [
  "view",
  "queues",
  "voicemail",
  "callbacks",
  "sessionEnded",
] satisfies readonly ServerMessage["type"][];

/**
 * True for a message of the version and of a type that this agent knows. What the rest of it holds is the server's promise: it was
 * validated there, and both are built from one contract. Anything else is dropped and the view asked for.
 */
export function isServerMessage(value: unknown): value is ServerMessage {
  return (
    typeof value === "object" &&
    value !== null &&
    "v" in value &&
    value.v === 1 &&
    "type" in value &&
    typeof value.type === "string" &&
    types.includes(value.type)
  );
}
