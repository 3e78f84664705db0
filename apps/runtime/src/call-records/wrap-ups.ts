import type { ShiftTimeDocument } from "../call-centre/index.ts";
import type { CallRecord } from "./call-record.ts";

type Time = Pick<ShiftTimeDocument, "operatorId" | "state" | "callId" | "from" | "until">;

/**
 * How long the operators wrapped up after each conversation of a call, ms, by the conversation's place in `rung`: a wrap-up belongs to the
 * last conversation of its operator that had begun before it. Times of other calls, and other states, are left aside. Pure.
 */
export function wrapUpsOf({ _id, rung }: CallRecord, times: readonly Time[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const time of times) {
    if (time.state !== "wrapUp" || time.callId !== _id) continue;
    const at = rung.findLastIndex(
      ({ operatorId, answeredAt }) => operatorId === time.operatorId && answeredAt !== null && answeredAt <= time.from,
    );
    if (at >= 0) found.set(at, (found.get(at) ?? 0) + time.until - time.from);
  }
  return found;
}
