import type { Connection } from "mongoose";
import { type CallRecord, callSummary, saidOfCalls } from "../call-records/index.ts";
import { type CallDocument, callCollections } from "../calls/model.ts";
import type { EventLog } from "./event-log.ts";
import { type NewEvent, newEvent } from "./new-event.ts";

/** Calls whose beginning was told are remembered, so many. */
const REMEMBERED = 20_000;

/** How far back calls are looked for whose beginning nobody told: their process died, or is about to tell it. */
const LOOK_BACK_MS = 60_000;

type Begun = Pick<
  CallDocument,
  | ("_id" | "companyId" | "direction" | "from" | "hidden" | "callerName" | "to" | "lineId" | "lineName" | "language")
  | "startedAt"
>;

/** Tells what happens to calls, each call's beginning before anything else of it. */
export function createCallNews(given: {
  readonly connection: Connection;
  readonly log: EventLog;
  readonly countryOf: (companyId: string) => Promise<string>;
  /** What operators of a company are called. */
  readonly operatorNames: (companyId: string) => Promise<(operatorId: string) => string>;
  readonly now: () => number;
}) {
  const { connection, log, countryOf, operatorNames, now } = given;
  const { calls } = callCollections(given.connection);
  const begun = new Set<string>();

  function remember(callId: string): void {
    begun.add(callId);
    if (begun.size <= REMEMBERED) return;
    const [oldest] = begun;
    if (oldest !== undefined) begun.delete(oldest);
  }

  async function append(events: readonly NewEvent[]): Promise<void> {
    if (events.length === 0) return;
    const subjects = events.filter(({ type }) => type.startsWith("call.")).map(({ subject }) => subject);
    const unknown = [...new Set(subjects)].filter((callId) => !begun.has(callId));
    const found: Begun[] = unknown.length === 0 ? [] : await calls.find({ _id: { $in: unknown } }, onlyBegun).toArray();
    await log.append([...found.map(started), ...events]);
    for (const { _id } of found) remember(_id);
  }

  /** Calls that are over, as they are told. What goes on within the company is no business with callers; of alarms their own webhook tells. */
  async function toldOf(companyId: string, records: readonly CallRecord[]) {
    const told = records.filter(({ internal }) => !internal);
    if (told.length === 0) return [];
    const [country, nameOf] = await Promise.all([countryOf(companyId), operatorNames(companyId)]);
    const callIds = told.map(({ _id }) => _id);
    const said = await saidOfCalls(connection, companyId, callIds, nameOf);
    return told.map((record) => ({
      record,
      data: { call: callSummary(record, country, now()), ...(said.get(record._id) ?? { notes: [], scripts: [] }) },
    }));
  }

  return {
    append,
    async begun(call: Begun): Promise<void> {
      if (begun.has(call._id)) return;
      await log.append([started(call)]);
      remember(call._id);
    },
    /** Every call that is over, before it is marked as recorded: whatever was not told until then is told now. */
    async recorded(records: readonly CallRecord[]): Promise<void> {
      for (const companyId of new Set(records.map((record) => record.companyId))) {
        const theirs = records.filter((record) => record.companyId === companyId);
        await append(
          (await toldOf(companyId, theirs)).map(({ record: { _id: callId, endedAt }, data }) =>
            newEvent("call.ended", { companyId, at: endedAt ?? now(), subject: callId, key: callId, data }),
          ),
        );
      }
    },
    /** Something was noted of a call that is over: mostly in the wrap-up, when its end has been told. */
    async noted(record: CallRecord, key: string): Promise<void> {
      const { _id: callId, companyId } = record;
      const told = await toldOf(companyId, [record]);
      await append(
        told.map(({ data }) => newEvent("call.noted", { companyId, at: now(), subject: callId, key, data })),
      );
    },
    /** Calls of the last minute that began, and whose beginning was not told here. */
    async lookForBegun(companyId: string): Promise<void> {
      const recent = {
        ...{ companyId, unrecorded: true, startedAt: { $gt: now() - LOOK_BACK_MS } },
        "placed.party.kind": { $nin: ["alarm", "conversation", "nobody"] as const },
      };
      const found: Begun[] = await calls.find(recent, onlyBegun).toArray();
      const untold = found.filter(({ _id }) => !begun.has(_id));
      await log.append(untold.sort((a, b) => a.startedAt - b.startedAt).map(started));
      for (const { _id } of untold) remember(_id);
    },
  };
}

export type CallNews = ReturnType<typeof createCallNews>;

const onlyBegun = {
  projection: {
    ...{ companyId: 1, direction: 1, from: 1, hidden: 1, callerName: 1, to: 1 },
    ...{ lineId: 1, lineName: 1, language: 1, startedAt: 1 },
  },
} as const;

/** A hidden number, and a name that came with it, are told to nobody. */
function started(call: Begun): NewEvent {
  const { _id: callId, companyId, direction, hidden, to, lineId, lineName, language, startedAt: at } = call;
  const data = {
    ...{ callId, direction, hidden, to, lineId, language },
    ...{ from: hidden ? null : call.from, callerName: hidden ? null : call.callerName },
    lineName: lineId === null ? null : lineName,
  };
  return newEvent("call.started", { companyId, at, subject: callId, key: callId, data });
}
