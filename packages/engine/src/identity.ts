import { ask } from "./channels.ts";
import type { MachineEvent } from "./compiled-flow.ts";
import type { Draft } from "./draft.ts";
import type { EngineAction } from "./machine-types.ts";
import { template } from "./resolve.ts";

/** Asks the host to send a one-time code, or whether what was keyed is right. What was keyed is in the question, and stays nowhere. */
export function askIdentity(
  draft: Draft,
  { what, by, source, to }: Extract<EngineAction, { type: "askIdentity" }>["params"],
  event: MachineEvent,
): void {
  const { next } = draft;
  const keyed = what === "check" && event.type === "input.digits" ? event.digits : "";
  const sent = what === "check" && by !== "pin" ? (next.codeSent ?? null) : null;
  const address = by === "pin" ? "" : template(draft, to).trim();
  ask(draft, (entry) => {
    if (what === "send") next.codeSent = { entry, at: draft.now };
    return { type: "askIdentity", entry, question: { what, by, source, to: address, code: keyed, sent } };
  });
}
