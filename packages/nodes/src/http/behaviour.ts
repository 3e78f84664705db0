import {
  longestRequestMs,
  type NodeStates,
  type NodeTransition,
  type RequestResult,
  type Steps,
} from "@cordboard/node-kit";
import type { HttpConfig } from "./config.ts";

/** Silence that a caller does not take for a fault; what takes longer has something to be heard. */
export const SILENCE_MS = 1_000;
/** An answer that is on its way when the time is over is waited for this long. */
const GRACE_MS = 2_000;

/**
 * Asks another system and goes where its answer leads. After a moment the caller hears that it takes one, then music. The time that the
 * request can take at most is the node's own: where nobody answers (a process that died over it again and again) the call goes on all the same.
 */
export function httpStates({ answers, status, moment, ...config }: HttpConfig, steps: Steps): NodeStates {
  const { sendRequest, keepAnswers, requestIs, startTimer, timerIs, say, hold, leaveBy } = steps;
  const { method, url, query, headers, body, json, fields, timeoutMs, retries, retryAlways } = config;
  const request = { method, url, query, headers, body, json, fields, timeoutMs, retries, retryAlways };
  const keep = keepAnswers({ status, variables: answers.map(({ variable }) => variable) });
  const leave = (result: RequestResult): NodeTransition => ({
    guard: requestIs(result),
    target: leaveBy(result),
    actions: keep,
  });
  return {
    initial: "asking",
    entry: [
      sendRequest({ ...request, pointers: answers.map(({ pointer }) => pointer) }),
      startTimer("limit", longestRequestMs(request) + GRACE_MS),
      startTimer("silence", SILENCE_MS),
    ],
    on: {
      "request.answered": [leave("ok"), leave("refused"), leave("timeout"), leave("failed")],
      "timer.fired": { guard: timerIs("limit"), target: leaveBy("timeout") },
    },
    states: {
      asking: { on: { "timer.fired": { guard: timerIs("silence"), target: moment === null ? "music" : "moment" } } },
      ...(moment !== null && { moment: { entry: say(moment), on: { "play.done": "music" } } }),
      music: { entry: hold([]) },
    },
  };
}
