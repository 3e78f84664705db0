import type { NodeStates, Steps } from "@cordboard/node-kit";
import type { TransferConfig } from "./config.ts";

/** Rings a number, a SIP address, a telephone of the company or its switchboard for the caller, with music, and says why when nobody answered. */
export function transferStates({ target, ringMs, music }: TransferConfig, steps: Steps): NodeStates {
  const { builtIn, dial, dialResult, leaveBy } = steps;
  return {
    initial: "ringing",
    states: {
      ringing: {
        entry: dial({ target, ringMs, music: music ?? builtIn("ringMusic") }),
        on: {
          "dial.answered": "talking",
          "dial.ended": [
            { guard: dialResult("completed"), target: leaveBy("ended") },
            { guard: dialResult("busy"), target: leaveBy("busy") },
            { guard: dialResult("silent"), target: leaveBy("noAnswer") },
            leaveBy("unreachable"),
          ],
        },
      },
      talking: { on: { "dial.ended": leaveBy("ended") } },
    },
  };
}
