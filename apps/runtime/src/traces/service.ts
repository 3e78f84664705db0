import type { CallSummary, TraceEvent } from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, type Scope } from "../access/index.ts";
import { callCentreCollections } from "../call-centre/index.ts";
import type { createCallRecords } from "../call-records/index.ts";
import { callCollections, type TraceEvent as StoredEvent } from "../calls/model.ts";
import { type MadeOffer, toldOfLine, toldOfOffers, withTold } from "./with-offers.ts";

/** Reads a call's trace: what calls/ keeps of it, and to whom the call centre offered it. Writes nothing. */
export function createTraces(given: {
  readonly connection: Connection;
  readonly callRecords: Pick<ReturnType<typeof createCallRecords>, "summary" | "told">;
}) {
  const { callRecords } = given;
  const { calls } = callCollections(given.connection);
  const { offers, waitingCalls } = callCentreCollections(given.connection);
  return {
    async trace(scope: Scope, callId: string): Promise<{ call: CallSummary; events: TraceEvent[] }> {
      demand(scope, "read", "calls");
      const { companyId } = scope;
      const tail = { projection: { traceTail: 1 } };
      const found = await calls.findOne({ _id: callId, companyId }, tail);
      const traces = await callRecords.told.tracesOf(companyId, [found ?? { _id: callId, traceTail: [] }]);
      const projection = { _id: 0, operatorId: 1, state: 1, offeredAt: 1, endedAt: 1, withdrawReason: 1 };
      const made = await offers.find({ companyId, callId }, { projection }).sort({ offeredAt: 1 }).toArray();
      const line = { projection: { _id: 0, joinedAt: 1, overflow: 1, movedUpAt: 1 } };
      const visits = await waitingCalls.find({ companyId, callId }, line).toArray();
      const call = await callRecords.summary(scope, callId);
      const beside = [...toldOfOffers(made as readonly MadeOffer[]), ...toldOfLine(visits)];
      return { call, events: withTold(traces.get(callId) ?? [], beside).map(toEvent) };
    },
  };
}

export type Traces = ReturnType<typeof createTraces>;

function toEvent({ seq, at, kind, nodeId, details }: StoredEvent): TraceEvent {
  return { seq, at: new Date(at).toISOString(), kind, nodeId, details: { ...details } };
}
