import type { ApiResult } from "@cordboard/api";

/** How long to wait before each further attempt: together long enough for a runtime that was killed to be back. Milliseconds. */
const waitsMs = [400, 800, 1_500, 2_500, 4_000];

/** Nobody decided: the server was away, restarting or cut off from its store. */
const undecided = ["unreachable", "callCentreUnavailable", "storeUnavailable"];

/**
 * Asks until somebody decides: commands of the desk are safe to repeat, and an accept must not be lost because the runtime was being
 * restarted at that moment. `given up` when `wanted` says that nobody needs the answer any more.
 */
export async function repeat<Value>(
  ask: () => Promise<ApiResult<Value>>,
  wait: (ms: number) => Promise<void>,
  wanted: () => boolean,
): Promise<ApiResult<Value>> {
  let answer = await ask();
  for (const ms of waitsMs) {
    if (answer.ok || !undecided.includes(answer.error.code) || !wanted()) return answer;
    await wait(ms);
    answer = await ask();
  }
  return answer;
}
