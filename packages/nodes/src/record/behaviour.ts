import type { NodeStates, Steps } from "@cordboard/node-kit";
import type { RecordConfig } from "./config.ts";

/** Time to press the key after the notice has ended, milliseconds. */
export const AFTER_NOTICE_MS = 1_500;

/**
 * Says that conversations are recorded, and lets the caller refuse by a key; who refuses is told that it was heard. Without a notice, and to
 * record nothing, it goes on at once.
 */
export function recordStates(config: RecordConfig, steps: Steps): NodeStates {
  const { advance, builtIn, collect, leaveBy, pressed, say, setRecording } = steps;
  const { record, notice, noticePrompt, refuseKey, refusedPrompt } = config;
  const recorded = { target: leaveBy("done"), actions: setRecording("on") };
  const prompt = noticePrompt ?? builtIn(refuseKey === "9" ? "recordingNotice" : "recordingNoticeShort");
  if (!record || !notice) {
    return { entry: advance, on: { advance: record ? recorded : { ...recorded, actions: setRecording("off") } } };
  }
  if (refuseKey === null) return { entry: say(prompt), on: { "play.done": recorded } };
  return {
    initial: "telling",
    states: {
      telling: {
        entry: collect({ prompt, maxDigits: 1, patienceMs: AFTER_NOTICE_MS }),
        on: {
          "input.digits": [
            { guard: pressed(refuseKey), target: "refused", actions: setRecording("refused") },
            recorded,
          ],
          "input.silence": recorded,
        },
      },
      refused: {
        entry: say(refusedPrompt ?? builtIn("recordingRefused")),
        on: { "play.done": leaveBy("refused") },
      },
    },
  };
}
