/** What the application says on its socket. */
export type ApplicationMessage =
  | { readonly kind: "ack"; readonly msgid: string; readonly data: unknown }
  | {
      readonly kind: "command";
      readonly command: string;
      readonly callSid: string | undefined;
      readonly queueCommand: boolean;
      readonly data: unknown;
    }
  | { readonly kind: "invalid"; readonly details: string };

/** Commands that need no data. */
const WITHOUT_DATA = new Set(["llm:tool-output", "tts:flush", "tts:clear"]);

/** Reads one message; what is wrong with a bad one is worded as jambonz words it (0.9.8, seen: g5). */
export function readMessage(text: string): ApplicationMessage {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return { kind: "invalid", details: error instanceof Error ? error.message : String(error) };
  }
  if (typeof parsed !== "object" || parsed === null) return { kind: "invalid", details: "type property not supplied" };
  const message: Readonly<Record<string, unknown>> = { ...parsed };
  const { type, msgid, command, data } = message;
  if (!type) return { kind: "invalid", details: "type property not supplied" };
  if (type === "ack") {
    if (typeof msgid !== "string" || msgid === "") return { kind: "invalid", details: "msgid not supplied" };
    return { kind: "ack", msgid, data };
  }
  if (type === "command") {
    if (typeof command !== "string" || command === "")
      return { kind: "invalid", details: "command property not supplied" };
    if (!data && !WITHOUT_DATA.has(command)) return { kind: "invalid", details: "data property not supplied" };
    const callSid = typeof message.callSid === "string" ? message.callSid : undefined;
    return { kind: "command", command, callSid, queueCommand: message.queueCommand === true, data };
  }
  return { kind: "invalid", details: `invalid type property: ${String(type)}` };
}
