import type { NodeStates, NodeTransition, Steps } from "@cordboard/node-kit";
import type { EchoConfig } from "./config.ts";

/** Silence after the request before the tone, and after one's own words before the question, milliseconds. */
const BETWEEN_MS = 100;
/** Who has said something and falls silent is done. */
const SILENCE_MS = 3_000;
const ASKED = "asked";

/**
 * Records a few words and plays them back, so that the caller hears whether both directions carry sound; then asks whether they did. What was
 * said is forgotten.
 */
export function echoStates(config: EchoConfig, steps: Steps): NodeStates {
  const { builtIn, collect, count, counted, dropMessage, leaveBy, pressed, record, recordedAtLeast, recording } = steps;
  const { maxMs, patienceMs } = config;
  const leave = (output: string): NodeTransition => ({ target: leaveBy(output), actions: dropMessage });
  const last = { guard: counted(ASKED, config.attempts), ...leave("notHeard") };
  const again = { target: "asking", reenter: true };
  const answers: readonly NodeTransition[] = [
    { guard: pressed("1"), ...leave("heard") },
    { guard: pressed("2"), ...leave("notHeard") },
  ];
  return {
    initial: "saying",
    states: {
      saying: {
        entry: collect({ prompt: config.prompt ?? builtIn("testCallSpeak"), maxDigits: 1, patienceMs: BETWEEN_MS }),
        on: { "input.digits": "recording", "input.silence": "recording" },
      },
      recording: {
        entry: record({
          ...{ boxId: "", purpose: "echo", beep: true, finishOnKey: "#", maxMs, minMs: 0, silenceMs: SILENCE_MS },
        }),
        on: { "record.done": [{ guard: recordedAtLeast(1), target: "hearing" }, leaveBy("unavailable")] },
      },
      hearing: {
        entry: collect({ prompt: recording, maxDigits: 1, patienceMs: BETWEEN_MS }),
        on: { "input.digits": [...answers, "asking"], "input.silence": "asking" },
      },
      asking: {
        entry: [
          count(ASKED),
          collect({ prompt: config.question ?? builtIn("testCallQuestion"), maxDigits: 1, patienceMs }),
        ],
        on: { "input.digits": [...answers, last, again], "input.silence": [last, again] },
      },
    },
  };
}
