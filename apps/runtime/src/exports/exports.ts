import { ExportedCall, ExportedOffer, ExportedShiftTime, type InputOf, type Routes } from "@cordboard/api";
import type { Filter } from "mongodb";
import type { Connection } from "mongoose";
import { demand, type Scope } from "../access/index.ts";
import { callCentreCollections } from "../call-centre/index.ts";
import { callRecordCollection, callSummary } from "../call-records/index.ts";
import { callCollections } from "../calls/model.ts";
import type { Directories } from "../desk/index.ts";
import type { Handlers } from "../http/handlers.ts";
import type { Clock } from "../ports/index.ts";
import { asLines, type Cells } from "./rows.ts";

export interface ExportsGiven {
  readonly connection: Connection;
  readonly directories: Directories;
  readonly clock: Clock;
}

type Asked = InputOf<Routes["exports.calls"]>["query"];

/** What ended just now may still be on its way to its place. */
const SETTLING_MS = 5_000;
const AT_ONCE = 500;

const iso = (at: number) => new Date(at).toISOString();
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));
const columnsOf = (row: { readonly properties: object }) => Object.keys(row.properties);

/**
 * Whole collections for reporting tools, row by row, in the order of a time that never changes, and no further than everything is known: so who
 * comes back with the last row's cursor gets what is new, nothing twice, and misses nothing.
 */
export function createExports({ connection, directories, clock }: ExportsGiven) {
  const { calls } = callCollections(connection);
  const records = callRecordCollection(connection);
  const { offers, shiftTimes } = callCentreCollections(connection);

  /** Until when every call that is over is recorded. */
  async function recordedUntil(companyId: string): Promise<number> {
    const [oldest] = await calls
      .find({ companyId, unrecorded: true, status: "ended", endedAt: { $gt: 0 } }, { projection: { endedAt: 1 } })
      .sort({ endedAt: 1 })
      .limit(1)
      .toArray();
    return Math.min(clock.now() - SETTLING_MS, oldest?.endedAt ?? Number.POSITIVE_INFINITY);
  }

  /** Until when every offer that was made is over. */
  async function offersUntil(companyId: string): Promise<number> {
    const open = await offers.find({ companyId, live: true }, { projection: { offeredAt: 1 } }).toArray();
    return Math.min(clock.now() - SETTLING_MS, ...open.map(({ offeredAt }) => offeredAt));
  }

  async function* callRows({ companyId }: Scope, asked: Asked) {
    const { company } = await directories.of(companyId);
    const until = await recordedUntil(companyId);
    const find = (filter: object) =>
      records
        .find({ companyId, ...filter })
        .sort({ endedAt: 1, _id: 1 })
        .limit(AT_ONCE)
        .toArray();
    for await (const record of pages("endedAt", asked, until, find)) {
      const at = record.endedAt ?? 0;
      yield { cursor: `${at}.${record._id}`, ...callSummary(record, company.country, at) };
    }
  }

  async function* offerRows({ companyId }: Scope, asked: Asked) {
    const { operators } = await directories.of(companyId);
    const until = await offersUntil(companyId);
    const find = (filter: object) =>
      offers
        .find({ companyId, ...filter })
        .sort({ offeredAt: 1, _id: 1 })
        .limit(AT_ONCE)
        .toArray();
    for await (const offer of pages("offeredAt", asked, until, find)) {
      if (offer.state === "offered") continue;
      const { _id: offerId, callId, queueId, operatorId, offeredAt, endedAt, withdrawReason, outcome } = offer;
      yield {
        ...{ cursor: `${offeredAt}.${offerId}`, offerId, callId, queueId, operatorId },
        operatorName: operators.get(operatorId)?.name ?? operatorId,
        ...{ offeredAt: iso(offeredAt), endedAt: isoOrNull(endedAt), end: offer.state, withdrawReason, outcome },
      };
    }
  }

  async function* shiftTimeRows({ companyId }: Scope, asked: Asked) {
    const { operators } = await directories.of(companyId);
    const find = (filter: object) =>
      shiftTimes
        .find({ companyId, ...filter })
        .sort({ until: 1, _id: 1 })
        .limit(AT_ONCE)
        .toArray();
    for await (const stretch of pages("until", asked, clock.now() - SETTLING_MS, find)) {
      const { _id, operatorId, shiftId, state, from, until, pauseReason, pauseLabel, callId, queueId } = stretch;
      yield {
        ...{ cursor: `${until}.${_id}`, operatorId, operatorName: operators.get(operatorId)?.name ?? operatorId },
        ...{ shiftId, state, from: iso(from), until: iso(until), durationMs: until - from },
        ...{ pauseReason, pauseLabel, callId, queueId },
      };
    }
  }

  const handler =
    <Row extends Cells>(
      name: string,
      row: { readonly properties: object },
      rows: (scope: Scope, asked: Asked) => AsyncIterable<Row>,
    ) =>
    async ({ scope, input: { query } }: { scope: Scope; input: { query: Asked } }) => {
      demand(scope, "read", "calls");
      const columns = columnsOf(row);
      return asLines(rows(scope, query), { format: query.format ?? "ndjson", name, columns });
    };

  const handlers: Pick<Handlers, "exports.calls" | "exports.offers" | "exports.shiftTimes"> = {
    "exports.calls": handler("calls", ExportedCall, callRows),
    "exports.offers": handler("offers", ExportedOffer, offerRows),
    "exports.shiftTimes": handler("shift-times", ExportedShiftTime, shiftTimeRows),
  };

  return {
    handlers,
    /** Creates the indexes; safe to call at each start. */
    async prepare(): Promise<void> {
      await records.createIndex({ companyId: 1, endedAt: 1, _id: 1 });
      await shiftTimes.createIndex({ companyId: 1, until: 1, _id: 1 });
    },
  };
}

/** Reads page after page by a time and, of one moment, by id, from where the cursor was and to before `known`. */
async function* pages<Row extends { readonly _id: string }>(
  by: keyof Row & string,
  { from, to, cursor }: Asked,
  known: number,
  find: (filter: Filter<Row>) => Promise<Row[]>,
): AsyncGenerator<Row> {
  const end = Math.min(known, to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to));
  let after = cursor === undefined ? null : readCursor(cursor);
  for (;;) {
    const place = after ? { $or: [{ [by]: { $gt: after.at } }, { [by]: after.at, _id: { $gt: after.id } }] } : {};
    const since = Math.max(Date.parse(from), after?.at ?? 0);
    const rows = await find({ [by]: { $gte: since, $lt: end }, ...place } as Filter<Row>);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return;
    after = { at: Number(last[by]), id: last._id };
  }
}

function readCursor(cursor: string): { readonly at: number; readonly id: string } {
  const cut = cursor.indexOf(".");
  return { at: Number(cursor.slice(0, cut)), id: cursor.slice(cut + 1) };
}
