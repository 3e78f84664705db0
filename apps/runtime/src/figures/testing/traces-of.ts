import type { CallDocument } from "../../calls/model.ts";
import type { HalfDay } from "./half-day.ts";

export type TraceLine = HalfDay["calls"][number]["traceTail"][number];

/** Each call of the day with all lines of its trace, in order. */
export function tracesOf(
  day: Pick<HalfDay, "calls" | "traceEvents">,
): readonly { readonly call: CallDocument; readonly lines: readonly TraceLine[] }[] {
  const moved = new Map<string, HalfDay["traceEvents"][number][]>();
  for (const line of day.traceEvents) moved.set(line.callId, [...(moved.get(line.callId) ?? []), line]);
  return day.calls.map((call) => {
    const gone = moved.get(call._id) ?? [];
    const known = new Set(gone.map(({ seq }) => seq));
    const lines = [...gone, ...call.traceTail.filter(({ seq }) => !known.has(seq))];
    return { call, lines: lines.sort((a, b) => a.seq - b.seq) };
  });
}
