import type { Connection } from "mongoose";
import { type CallDocument, callCollections, type TraceEvent } from "../../calls/model.ts";

/** One line of a trace, so many milliseconds after the call began. */
export type Line = readonly [afterMs: number, kind: string, details?: TraceEvent["details"], nodeId?: string | null];

export interface CallToKeep {
  readonly companyId: string;
  readonly count: number;
  readonly startedAt: number;
  readonly lines?: readonly Line[];
  /** Absent: the call runs. */
  readonly endedAfterMs?: number;
  readonly fields?: Partial<CallDocument & { readonly unsettled: boolean }>;
}

export const callIdOf = (count: number) => `call_${count.toString(16).padStart(32, "0")}`;

/** Stores a call as calls/ leaves it: what it is in its document, the older half of its trace moved out. */
export async function keepCall(connection: Connection, given: CallToKeep): Promise<string> {
  const { companyId, count, startedAt, lines = [], endedAfterMs, fields } = given;
  const { calls, traceEvents } = callCollections(connection);
  const _id = callIdOf(count);
  const ended = endedAfterMs !== undefined;
  const events = [[0, "began", { served: true }, null] as const, ...lines].map(
    ([afterMs, kind, details = {}, nodeId = "n1"], at): TraceEvent => ({
      seq: at + 1,
      at: startedAt + afterMs,
      kind,
      nodeId,
      details,
    }),
  );
  const half = Math.ceil(events.length / 2);
  const moved = events
    .slice(0, half)
    .map((event) => ({ ...event, _id: `${_id}.${event.seq}`, callId: _id, companyId }));
  await traceEvents.insertMany(moved);
  await calls.insertOne({
    _id,
    companyId,
    rev: 1,
    ownerEpoch: 1,
    owner: "proc_x",
    callSid: `sid ${count}`,
    direction: "inbound",
    from: "+33612345678",
    hidden: false,
    callerName: null,
    to: "+33123456789",
    lineId: `line_${"0".repeat(32)}`,
    lineName: "Main",
    flowId: "reception",
    flowVersionId: `ver_${"0".repeat(32)}`,
    language: "fr-FR",
    status: ended ? "ended" : "live",
    startedAt,
    answeredAt: startedAt,
    endedAt: ended ? startedAt + endedAfterMs : null,
    endedBy: ended ? "caller" : null,
    traceTail: events.slice(half),
    unrecorded: true,
    unsettled: !ended,
    ...fields,
  } as CallDocument & { readonly unsettled: boolean });
  return _id;
}

/** The lines of a call that waited in a queue and talked to an operator. */
export const answeredLines = (
  operatorId: string,
  queueId: string,
  { joinsMs = 1_000, waitMs = 4_000, ringMs = 2_000 } = {},
): Line[] => {
  const accepted = joinsMs + waitMs - ringMs;
  return [
    [joinsMs, "joinsQueue", { queueId, priority: 0 }],
    [accepted, "offer.accepted", { offerId: "offer_1", operatorId }],
    [accepted, "rings", { target: "tel_1", ringMs: 20_000, offerId: "offer_1" }],
    [joinsMs + waitMs, "dial.answered"],
  ];
};
