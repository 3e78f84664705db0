import type { HalfDay } from "./half-day.ts";
import { tracesOf } from "./traces-of.ts";

const SECOND = 1_000;

/**
 * The same day, with callers who were put on hold in every third conversation that was offered: for five seconds, and in every other of these a
 * second time until it ended. The lines are those that the calls write (`holds`, `takesBack`); the legs that are parted are in holding-a-caller.test.ts.
 */
export function withHolds(day: HalfDay): HalfDay {
  const { companyId = "" } = day.calls[0] ?? {};
  const added: HalfDay["traceEvents"][number][] = [];
  let talks = 0;
  for (const { call, lines } of tracesOf(day)) {
    for (const [index, { kind, seq, at, nodeId }] of lines.entries()) {
      const rang = lines.slice(0, index).findLast((line) => line.kind === "rings");
      if (kind !== "dial.answered" || !rang?.details.offerId || call.direction !== "inbound") continue;
      talks += 1;
      if (talks % 3 !== 0) continue;
      const over = lines.slice(index + 1).find((line) => ["dial.ended", "caller.gone", "ended"].includes(line.kind));
      const end = over?.at ?? day.now;
      const says = (word: string, after: number, part: number) => {
        if (at + after * SECOND >= end) return;
        const line = { seq: seq + part, at: at + after * SECOND, kind: word, nodeId, details: {} };
        added.push({ _id: `${call._id}.${line.seq}`, callId: call._id, companyId, ...line });
      };
      says("holds", 2, 0.1);
      says("takesBack", 7, 0.2);
      if (talks % 2 === 0) says("holds", 9, 0.3);
    }
  }
  return { ...day, traceEvents: [...day.traceEvents, ...added] };
}
