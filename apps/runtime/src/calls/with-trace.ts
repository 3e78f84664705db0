import type { CallDocument, TraceEvent } from "./model.ts";

/** Adds lines to the call's trace, numbered on. */
export function withTrace(call: CallDocument, lines: readonly Omit<TraceEvent, "seq">[]): CallDocument {
  if (lines.length === 0) return call;
  const numbered = lines.map((line, index) => ({ seq: call.traceSeq + index + 1, ...line }));
  return { ...call, traceSeq: call.traceSeq + lines.length, traceTail: [...call.traceTail, ...numbered] };
}
