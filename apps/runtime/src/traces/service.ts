import type { CallSummary, TraceEvent } from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, type Scope, systemScope } from "../access/index.ts";
import { type CallDocument, callCollections, type TraceEvent as StoredEvent } from "../calls/model.ts";
import { type Companies, numberText } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";

export interface CallsAsked {
  readonly limit: number;
  readonly alive: boolean | undefined;
  /** `next` of the page before. */
  readonly before: string | undefined;
}

const iso = (at: number) => new Date(at).toISOString();

/** Reads what calls/ keeps: the list of calls, and a call's trace. Writes nothing. */
export function createTraces({
  connection,
  companies,
}: {
  readonly connection: Connection;
  readonly companies: Companies;
}) {
  const countryOf = async ({ companyId }: Scope) => (await companies.get(systemScope(companyId))).country;
  const { calls, traceEvents } = callCollections(connection);
  const summaryOnly = { projection: { snapshot: 0, timers: 0, outbox: 0, media: 0, traceTail: 0 } };

  return {
    async list(scope: Scope, { limit, alive, before }: CallsAsked) {
      demand(scope, "read", "calls");
      const after = before === undefined ? null : readCursor(before);
      const found = await calls
        .find(
          {
            companyId: scope.companyId,
            ...(alive === undefined ? {} : { status: alive ? ("live" as const) : ("ended" as const) }),
            ...(after && {
              $or: [
                { startedAt: { $lt: after.startedAt } },
                { startedAt: after.startedAt, _id: { $lt: after.callId } },
              ],
            }),
          },
          summaryOnly,
        )
        .sort({ startedAt: -1, _id: -1 })
        .limit(limit + 1)
        .toArray();
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const next = found.length > limit && last ? `${last.startedAt}.${last._id}` : null;
      const country = await countryOf(scope);
      return { items: page.map((call) => toSummary(call, country)), next };
    },
    async get(scope: Scope, callId: string): Promise<CallSummary> {
      demand(scope, "read", "calls");
      const found = await calls.findOne({ _id: callId, companyId: scope.companyId }, summaryOnly);
      if (!found) throw new UserError("notFound", { what: "call" });
      return toSummary(found, await countryOf(scope));
    },
    /** What has left the call's document, then what is still in it: an event that is on its way is in both and is given once. */
    async trace(scope: Scope, callId: string): Promise<{ call: CallSummary; events: TraceEvent[] }> {
      demand(scope, "read", "calls");
      const { companyId } = scope;
      const found = await calls.findOne({ _id: callId, companyId });
      if (!found) throw new UserError("notFound", { what: "call" });
      // Read after the tail: what leaves it meanwhile is then here.
      const moved = await traceEvents.find({ companyId, callId }).sort({ seq: 1 }).toArray();
      const bySeq = new Map<number, StoredEvent>();
      for (const event of [...moved, ...found.traceTail]) bySeq.set(event.seq, event);
      const events = [...bySeq.values()].sort((a, b) => a.seq - b.seq).map(toEvent);
      return { call: toSummary(found, await countryOf(scope)), events };
    },
  };
}

export type Traces = ReturnType<typeof createTraces>;

function readCursor(cursor: string): { readonly startedAt: number; readonly callId: string } {
  const [, startedAt, callId] = /^(\d{1,15})\.(call_[0-9a-f]{32})$/.exec(cursor) ?? [];
  if (startedAt === undefined || callId === undefined) {
    const problem = { fr: "n’est pas le `next` d’une page", en: "is not the `next` of a page" };
    throw new UserError("requestInvalid", { where: "/query/before", problem });
  }
  return { startedAt: Number(startedAt), callId };
}

/** A hidden number stays hidden: neither it nor a name that came with it leaves the runtime. */
function toSummary(call: CallDocument, country: string): CallSummary {
  return {
    callId: call._id,
    direction: call.direction,
    from: call.hidden ? null : call.from,
    fromText: call.hidden || call.from === null ? null : numberText(call.from, country),
    hidden: call.hidden,
    to: call.to,
    toText: numberText(call.to, country),
    lineName: call.lineId === null ? null : call.lineName,
    flowId: call.flowId,
    versionId: call.flowVersionId,
    startedAt: iso(call.startedAt),
    endedAt: call.endedAt === null ? null : iso(call.endedAt),
    endedBy: call.endedBy,
  };
}

function toEvent({ seq, at, kind, nodeId, details }: StoredEvent): TraceEvent {
  return { seq, at: iso(at), kind, nodeId, details: { ...details } };
}
