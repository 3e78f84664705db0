import type { InputOf, Routes, TimeCorrection } from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, demandOperator, type Scope } from "../access/index.ts";
import type { Directories } from "../desk/index.ts";
import { UserError } from "../errors/index.ts";
import type { Handlers } from "../http/handlers.ts";
import type { Clock, MakeId } from "../ports/index.ts";
import type { Correction } from "./corrected.ts";
import { dayOf } from "./day-bounds.ts";

export interface TimeCorrectionDocument extends Correction {
  readonly _id: string;
  readonly companyId: string;
  readonly reason: string;
  readonly byId: string | null;
  readonly byName: string;
  readonly at: number;
  /** When it was made, or taken back: sums of its time are counted again. Absent in those of before. */
  readonly changedAt?: number;
  /** It counts no longer. Absent: it does. */
  readonly removed?: boolean;
}

export interface TimeCorrectionsGiven {
  readonly connection: Connection;
  readonly directories: Directories;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly userName: (companyId: string, userId: string) => Promise<string | null>;
}

const DAY_MS = 86_400_000;

const collectionOf = (connection: Connection) => connection.collection<TimeCorrectionDocument>("timeCorrections");

/** Creates the indexes; safe to call at each start. */
export async function prepareTimeCorrections(connection: Connection): Promise<void> {
  await collectionOf(connection).createIndex({ companyId: 1, from: 1 });
}

/** The corrections that have to do with the time from `from` to `until`, the earliest made first: none lasts longer than a day. */
export async function correctionsDuring(
  connection: Connection,
  companyId: string,
  { from, until }: { readonly from: number; readonly until: number },
  operatorId?: string,
): Promise<TimeCorrectionDocument[]> {
  const whose = operatorId === undefined ? { companyId } : { companyId, operatorId };
  const found = await collectionOf(connection)
    .find({ ...whose, from: { $gte: from - DAY_MS, $lt: until }, removed: { $ne: true } })
    .toArray();
  return found.filter((one) => one.until > from).sort((a, b) => a.at - b.at);
}

/** Corrections of working time: only a supervisor makes one, with a reason, and the operator sees it. */
export function createTimeCorrections({ connection, directories, clock, makeId, userName }: TimeCorrectionsGiven) {
  const collection = collectionOf(connection);
  type Asked = InputOf<Routes["timeCorrections.create"]>["body"];

  async function create(scope: Scope, asked: Asked): Promise<TimeCorrection> {
    demand(scope, "write", "timeCorrections");
    const { companyId, actorId } = scope;
    const { operators, company, queues } = await directories.of(companyId);
    const operator = operators.get(asked.operatorId);
    if (!operator) throw new UserError("notFound", { what: "operator" });
    demandOperator(scope, asked.operatorId, queues);
    const { operatorId, as, reason } = asked;
    const [from, until, at] = [Date.parse(asked.from), Date.parse(asked.until), clock.now()];
    if (until <= from || until - from > DAY_MS || until > at) throw wrong("until");
    const label = as === "paused" ? asked.label : null;
    if (label !== null && !company.pauseReasons.some(({ code }) => code === label)) throw wrong("label");
    const byName = (actorId && (await userName(companyId, actorId))) || "–";
    const document = {
      _id: makeId("fix"),
      companyId,
      operatorId,
      from,
      until,
      as,
      label,
      reason,
      byId: actorId,
      byName,
      at,
      changedAt: at,
    };
    await collection.insertOne(document);
    const after = toCorrection(document);
    scope.changed?.({ ...changeOf(document, operator.name), before: null, after });
    return after;
  }

  async function remove(scope: Scope, correctionId: string): Promise<void> {
    demand(scope, "write", "timeCorrections");
    const { companyId } = scope;
    const standing = await collection.findOne({ _id: correctionId, companyId });
    const { queues, operators } = await directories.of(companyId);
    if (standing) demandOperator(scope, standing.operatorId, queues);
    // Kept until its time is: who adds up days learns from it that they changed.
    const found = await collection.findOneAndUpdate(
      { _id: correctionId, companyId, removed: { $ne: true } },
      { $set: { removed: true, changedAt: clock.now() } },
    );
    if (!found) throw new UserError("notFound", { what: "time correction" });
    const name = operators.get(found.operatorId)?.name ?? found.operatorId;
    scope.changed?.({ ...changeOf(found, name), before: toCorrection(found), after: null });
  }

  async function list(scope: Scope, { operatorId, date }: { readonly operatorId: string; readonly date: string }) {
    demand(scope, "read", "timeCorrections");
    const { companyId } = scope;
    const { company, queues } = await directories.of(companyId);
    demandOperator(scope, operatorId, queues);
    const day = dayOf(date, company.timeZone, clock.now());
    if (!day) throw wrong("date");
    return { items: (await correctionsDuring(connection, companyId, day, operatorId)).map(toCorrection) };
  }

  const handlers: Pick<Handlers, `timeCorrections.${"list" | "create" | "remove"}`> = {
    "timeCorrections.list": ({ scope, input }) => list(scope, input.query),
    "timeCorrections.create": ({ scope, input }) => create(scope, input.body),
    "timeCorrections.remove": async ({ scope, input }) => {
      await remove(scope, input.params.correctionId);
      return undefined;
    },
  };
  return handlers;
}

export function toCorrection(document: TimeCorrectionDocument): TimeCorrection {
  const { _id, operatorId, from, until, as, label, reason, byId, byName, at } = document;
  return {
    ...{ correctionId: _id, operatorId, as, label, reason, by: { userId: byId, name: byName } },
    ...{ from: new Date(from).toISOString(), until: new Date(until).toISOString(), at: new Date(at).toISOString() },
  };
}

const changeOf = ({ _id }: TimeCorrectionDocument, targetName: string) =>
  ({ resource: "timeCorrections", targetId: _id, targetName }) as const;

function wrong(field: "until" | "label" | "date"): UserError {
  const problems = {
    until: {
      fr: "doit être après le début, d’un jour au plus, et déjà passé",
      en: "must be after the beginning, by a day at most, and not in the future",
    },
    label: { fr: "n’est pas un motif de la société", en: "is no reason of the company" },
    date: { fr: "n’est pas un jour du calendrier", en: "is no day of the calendar" },
  };
  return new UserError("requestInvalid", {
    where: field === "date" ? "/query/date" : `/body/${field}`,
    problem: problems[field],
  });
}
