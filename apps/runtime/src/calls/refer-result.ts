import type { DialResult } from "@cordboard/node-kit";

/** How the operator's telephone did not answer, by what the exchange says of it; `null`: the exchange did not even try. */
export function referResult(final: number | null): Exclude<DialResult, "completed"> {
  if (final === 486 || final === 600 || final === 603) return "busy";
  return final === 408 || final === 480 || final === 487 ? "silent" : "unreachable";
}
