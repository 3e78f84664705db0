import type { NodeStates, NodeTransition, Steps } from "@cordboard/node-kit";
import type { VoicemailConfig } from "./config.ts";

/** Silence after the greeting before the tone, and after one's own message before the question, milliseconds. */
const BETWEEN_MS = 100;
const TOO_SHORT = "tooShort";
const REVIEWS = "reviews";
/** After so many questions without one of its keys the message is sent: a caller who lays the telephone aside meant it. */
const MOST_REVIEWS = 5;

/**
 * Says the greeting, records, and lets the caller review what they said. A caller who hangs up, or does not answer the review, has left a
 * message: it is only taken back when they record it again, or when it is too short.
 */
export function voicemailStates(config: VoicemailConfig, steps: Steps): NodeStates {
  const { builtIn, collect, count, counted, dropMessage, greetingOf, keepMessage, leaveBy, pressed, record } = steps;
  const { recordedAtLeast, recording, say } = steps;
  const sent: NodeTransition = { target: leaveBy("sent"), actions: keepMessage };
  const review = config.reviewPrompt ?? builtIn("voicemailReview");
  const answers: readonly NodeTransition[] = [
    { guard: pressed("1"), ...sent },
    { guard: pressed("2"), target: "hearing", reenter: true },
    { guard: pressed("3"), target: "recording", actions: dropMessage },
  ];
  const lastReview = { guard: counted(REVIEWS, MOST_REVIEWS), ...sent };
  return {
    initial: "greeting",
    states: {
      // A question, so that who knows the greeting need not hear it out.
      greeting: {
        entry: collect({
          prompt: config.greeting ?? greetingOf(config.box, config.greetingFor ?? "absent"),
          maxDigits: 1,
          patienceMs: BETWEEN_MS,
        }),
        on: { "input.digits": "recording", "input.silence": "recording" },
      },
      recording: {
        entry: record({
          boxId: config.box,
          beep: config.beep,
          finishOnKey: config.finishOnKey,
          maxMs: config.maxMs,
          minMs: config.minMs,
          silenceMs: config.silenceMs,
        }),
        on: {
          "record.done": [
            { guard: recordedAtLeast(config.minMs), ...(config.review ? { target: "reviewing" } : sent) },
            { guard: recordedAtLeast(1), target: "tooShort" },
            leaveBy("unavailable"),
          ],
        },
      },
      tooShort: {
        entry: [dropMessage, count(TOO_SHORT), say(config.tooShortPrompt ?? builtIn("voicemailTooShort"))],
        on: { "play.done": [{ guard: counted(TOO_SHORT, config.attempts), target: leaveBy("empty") }, "recording"] },
      },
      ...(config.review
        ? {
            reviewing: {
              entry: [count(REVIEWS), collect({ prompt: review, maxDigits: 1, patienceMs: config.patienceMs })],
              on: {
                "input.digits": [...answers, lastReview, { target: "reviewing", reenter: true }],
                "input.silence": sent,
              },
            },
            hearing: {
              entry: collect({ prompt: recording, maxDigits: 1, patienceMs: BETWEEN_MS }),
              on: { "input.digits": [...answers, "reviewing"], "input.silence": "reviewing" },
            },
          }
        : {}),
    },
  };
}
