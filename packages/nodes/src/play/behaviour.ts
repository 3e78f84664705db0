import type { NodeStates, Steps } from "@cordboard/node-kit";
import type { PlayConfig } from "./config.ts";

/** How long a prompt that a key may cut is followed by silence before the call goes on, milliseconds. */
const AFTER_PROMPT_MS = 100;

/**
 * Says a prompt once and goes on. With barge-in it is a question whose answer does not matter: keys are only heard while a question is
 * asked (during a plain prompt jambonz loses them), so any key ends the prompt, and so does silence after it.
 */
export function playStates({ prompt, bargeIn }: PlayConfig, { say, collect, leaveBy }: Steps): NodeStates {
  const done = leaveBy("done");
  if (!bargeIn) return { entry: say(prompt), on: { "play.done": done } };
  return {
    entry: collect({ prompt, maxDigits: 1, patienceMs: AFTER_PROMPT_MS }),
    on: { "input.digits": done, "input.silence": done },
  };
}
