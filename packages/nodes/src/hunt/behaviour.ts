import type { NodeStates, Steps } from "@cordboard/node-kit";
import type { HuntConfig } from "./config.ts";

/** The one timer of the node. */
const MAX_WAIT = "maxWait";
/** Counts that the wait ran out while a telephone rang: the caller leaves as soon as it is clear that nobody answers. */
const OVERDUE = "overdue";

/**
 * Waits in a queue with music until an operator accepts, rings that operator's telephone, and lets them talk. The place is taken at once,
 * also while the announcement is said, and kept until somebody answers: a telephone that is busy, silent or unreachable brings the
 * caller back to the music at the place they had. The longest wait goes on meanwhile, but never cuts a telephone that rings.
 */
export function huntStates(config: HuntConfig, steps: Steps): NodeStates {
  const { builtIn, count, counted, dialAccepted, dialResult, enqueue, hold } = steps;
  const { leaveBy, leaveQueue, say, startTimer, timerIs } = steps;
  const music = config.ringMusic ?? builtIn("ringMusic");
  const accepted = {
    target: "ringing",
    actions: dialAccepted({ ringMs: config.ringMs, music }),
  };
  const waiting = {
    "offer.accepted": accepted,
    "queue.unstaffed": leaveBy("unstaffed"),
    "timer.fired": { guard: timerIs(MAX_WAIT), target: leaveBy("timeout") },
  };
  return {
    initial: config.announcement === null ? "waiting" : "announcing",
    entry: [
      enqueue({ queueId: config.queue, priority: config.priority, leaveWhenUnstaffed: config.leaveWhenUnstaffed }),
      ...(config.maxWaitMs === null ? [] : [startTimer(MAX_WAIT, config.maxWaitMs)]),
    ],
    exit: leaveQueue,
    states: {
      ...(config.announcement === null
        ? {}
        : { announcing: { entry: say(config.announcement), on: { ...waiting, "play.done": "waiting" } } }),
      waiting: { entry: hold(config.holdMusic), on: waiting },
      ringing: {
        on: {
          "dial.answered": "talking",
          "dial.ended": [
            { guard: dialResult("completed"), target: leaveBy("ended") },
            { guard: counted(OVERDUE), target: leaveBy("timeout") },
            "waiting",
          ],
          "timer.fired": { guard: timerIs(MAX_WAIT), actions: count(OVERDUE) },
        },
      },
      talking: { on: { "dial.ended": leaveBy("ended") } },
    },
  };
}
