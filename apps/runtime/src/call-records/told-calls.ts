import type { Connection } from "mongoose";
import { callCentreCollections } from "../call-centre/index.ts";
import { type CallDocument, callCollections, type TraceEvent } from "../calls/model.ts";
import type { Directories } from "../desk/index.ts";
import { foundBy, givenInCalls } from "../script-runs/index.ts";
import { outcomesOf } from "./call-notes.ts";
import type { CallRecord, RecordNames } from "./call-record.ts";
import { lineNoteFields, withLineNotes } from "./line-notes.ts";
import { recordOfCall, toldKinds } from "./record-of-call.ts";

/** What of a call's document nobody reads who only wants to know what became of it. */
export const withoutMachinery = { projection: { snapshot: 0, timers: 0, outbox: 0, media: 0, knownLegs: 0 } } as const;

/** Records of calls as their traces tell them now: of calls that run, and of those that are not recorded yet. */
export function createToldCalls(given: { readonly connection: Connection; readonly directories: Directories }) {
  const { traceEvents } = callCollections(given.connection);
  const { waitingCalls } = callCentreCollections(given.connection);

  async function namesOf(companyId: string): Promise<RecordNames> {
    const { queues, operators } = await given.directories.of(companyId);
    return {
      queue: (queueId) => queues.get(queueId)?.name ?? queueId,
      operator: (operatorId) => operators.get(operatorId)?.name ?? operatorId,
    };
  }

  /** What has left the calls' documents, then what is still in them: an event that is on its way is in both and is given once. */
  async function tracesOf(
    companyId: string,
    calls: readonly Pick<CallDocument, "_id" | "traceTail">[],
    kinds: readonly string[] | null = null,
  ) {
    const callIds = calls.map(({ _id }) => _id);
    // Read after the tails: what leaves them meanwhile is then here.
    const moved = await traceEvents
      .find(
        { companyId, callId: { $in: callIds }, ...(kinds && { kind: { $in: [...kinds] } }) },
        { projection: { _id: 0, companyId: 0 } },
      )
      .toArray();
    const byCall = new Map<string, Map<number, TraceEvent>>(callIds.map((callId) => [callId, new Map()]));
    for (const event of moved) byCall.get(event.callId)?.set(event.seq, event);
    for (const { _id, traceTail } of calls) for (const event of traceTail) byCall.get(_id)?.set(event.seq, event);
    const inOrder = (events: ReadonlyMap<number, TraceEvent>) => [...events.values()].sort((a, b) => a.seq - b.seq);
    return new Map([...byCall].map(([callId, events]) => [callId, inOrder(events)]));
  }

  return {
    namesOf,
    tracesOf,
    /** `calls` are of one company. */
    async tell(companyId: string, calls: readonly CallDocument[]): Promise<CallRecord[]> {
      if (calls.length === 0) return [];
      const callIds = calls.map(({ _id }) => _id);
      const [traces, names, notes, outcomes, answers] = await Promise.all([
        tracesOf(companyId, calls, toldKinds),
        namesOf(companyId),
        waitingCalls.find({ companyId, callId: { $in: callIds } }, { projection: lineNoteFields }).toArray(),
        outcomesOf(given.connection, companyId, callIds),
        givenInCalls(given.connection, companyId, callIds),
      ]);
      return calls.map((call) => ({
        ...withLineNotes(recordOfCall(call, traces.get(call._id) ?? [], names), notes, names),
        outcomes: outcomes.get(call._id) ?? [],
        answers: foundBy(answers.get(call._id)),
      }));
    },
  };
}

export type ToldCalls = ReturnType<typeof createToldCalls>;
