import type { NodeStates, Steps } from "@cordboard/node-kit";
import type { HangupConfig } from "./config.ts";

/** Says a last prompt, if there is one, and ends the call. */
export function hangupStates({ prompt }: HangupConfig, { say, advance, endCall }: Steps): NodeStates {
  if (prompt === null) return { entry: advance, on: { advance: endCall } };
  return { entry: say(prompt), on: { "play.done": endCall } };
}
