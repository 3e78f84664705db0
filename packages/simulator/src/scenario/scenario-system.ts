import { attemptsOf, type FlowEvent, type FlowRequest, longestRequestMs, valuesAt } from "@cordboard/node-kit";

/** How another system behaves, as a scenario tells it. */
export type SystemTold =
  | { readonly status: number; readonly json?: unknown; readonly afterMs?: number }
  /** Nobody is there; or nobody answers in time; or the address is a private one that nobody listed. */
  | { readonly fails: "unreachable" | "silent" | "private" };

export type RequestAnswer = Omit<Extract<FlowEvent, { type: "request.answered" }>, "type" | "entry"> & {
  readonly afterMs: number;
};

/** What comes of a request as the product makes it: statuses tell how it ended, an answer that takes too long is none. */
export function answerRequest(told: SystemTold, request: FlowRequest): RequestAnswer {
  const attempts = attemptsOf(request);
  const nothing = request.pointers.map(() => null);
  if ("fails" in told) {
    const none = { status: 0, values: nothing, reason: told.fails };
    if (told.fails === "silent") return { ...none, result: "timeout", attempts, afterMs: longestRequestMs(request) };
    return { ...none, result: "failed", attempts: told.fails === "private" ? 1 : attempts, afterMs: 0 };
  }
  const { status, json = {}, afterMs = 0 } = told;
  if (afterMs > request.timeoutMs) return answerRequest({ fails: "silent" }, request);
  const result = status >= 200 && status < 300 ? "ok" : status >= 400 && status < 500 ? "refused" : "failed";
  const values = result === "failed" ? nothing : valuesAt(json, request.pointers);
  return { result, status, values, attempts: 1, reason: null, afterMs };
}
