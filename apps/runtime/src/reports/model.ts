import type { Connection } from "mongoose";
import { emptySums, type Sums } from "./sums.ts";

/**
 * The sums of a quarter of an hour, or of a day. Each kind is one text, as JSON: a report reads hundreds of them, and a document of thousands of
 * fields costs a hundred times as much to read as a text of the same length.
 */
export interface SumsDocument {
  /** `<companyId>/<quarter>` (UTC ms), or `<companyId>/<date>`. */
  readonly _id: string;
  readonly companyId: string;
  /** UTC ms at which it begins. */
  readonly from: number;
  /** Raised by each writing: whoever counted before somebody else wrote counts again. */
  readonly rev: number;
  /** Of a day: the time zone that it is a day of. */
  readonly timeZone?: string;
  readonly calls: string;
  readonly queues: string;
  readonly operators: string;
  /** Outcomes, transfers, choices and exits. */
  readonly counts: string;
  /** Answers in guided conversations, with what they are called. Absent in sums of before: none were counted. */
  readonly answers?: string;
  /** Absent in sums of before. */
  readonly ways?: string;
  readonly names: string;
}

/**
 * The quarters of a day that is over, of one kind, in one text: a typical day reads the quarters of some hundred days, and would else fetch each with
 * everything that is not asked for.
 */
export interface DayQuartersDocument {
  /** `<companyId>/<date>/<kind>`. */
  readonly _id: string;
  readonly companyId: string;
  readonly kind: SumsKind;
  /** UTC ms at which the day begins. */
  readonly from: number;
  readonly rev: number;
  readonly timeZone: string;
  /** By the beginning of each quarter (UTC ms) in which there was anything: what `SumsDocument` has of the kind. As JSON. */
  readonly quarters: string;
  /** As in `SumsDocument`, of the whole day. */
  readonly names: string;
}

/** A quarter of an hour that something changed in since it was counted. */
export interface MarkDocument {
  readonly _id: string;
  readonly companyId: string;
  readonly quarter: number;
  /** Raised by each change: it is taken off only as it was when counting began. */
  readonly changes: number;
}

/** How far a company's changes have been looked through. UTC ms. */
export interface ProgressDocument {
  readonly _id: string;
  readonly rev: number;
  /** Stretches of operators' time that were over before are marked. */
  readonly times: number;
  /** Callbacks that were promised, or over, before. */
  readonly callbacks: number;
  /** Corrections that were made, or taken back, before. */
  readonly corrections: number;
  /** Everything from this day's beginning on is being counted anew; null: nothing is. */
  readonly anewFrom: number | null;
}

/** What a report reads of each document. */
export type SumsKind = "calls" | "queues" | "operators" | "counts" | "answers" | "ways";
/** What the quarters of a day are kept together of: nobody asks for the ways of a typical day. */
export const togetherKinds = ["calls", "queues", "operators", "counts", "answers"] as const;

export function reportCollections(connection: Connection) {
  return {
    quarters: connection.collection<SumsDocument>("figureQuarters"),
    days: connection.collection<SumsDocument>("figureDays"),
    dayQuarters: connection.collection<DayQuartersDocument>("figureDayQuarters"),
    marks: connection.collection<MarkDocument>("figureMarks"),
    progress: connection.collection<ProgressDocument>("figureProgress"),
  };
}

export type ReportCollections = ReturnType<typeof reportCollections>;

/** Creates the indexes; safe to call at each start. */
export async function prepareReports(connection: Connection): Promise<void> {
  const { quarters, days, dayQuarters, marks } = reportCollections(connection);
  await quarters.createIndex({ companyId: 1, from: 1 });
  await days.createIndex({ companyId: 1, from: 1 });
  await dayQuarters.createIndex({ companyId: 1, kind: 1, from: 1 });
  await marks.createIndex({ companyId: 1, quarter: 1 });
  await connection
    .collection("waitingCalls")
    .createIndex(
      { companyId: 1, closedAt: 1 },
      { name: "callbacksByEnd", partialFilterExpression: { isCallback: true } },
    );
  // What is over since it was looked at last; exports read by it too.
  await connection.collection("shiftTimes").createIndex({ companyId: 1, until: 1, _id: 1 });
  await connection.collection("timeCorrections").createIndex({ companyId: 1, changedAt: 1 });
}

export function textsOf({ calls, queues, operators, answers, answerNames, ways, names, ...counts }: Sums) {
  return {
    calls: JSON.stringify(calls),
    queues: JSON.stringify(queues),
    operators: JSON.stringify(operators),
    counts: JSON.stringify(counts),
    answers: JSON.stringify({ answers, answerNames }),
    ways: JSON.stringify(ways),
    names: JSON.stringify(names),
  };
}

/** What was read of a document: the kinds that were asked for. */
export function sumsOf(document: Partial<Pick<SumsDocument, SumsKind | "names">>): Sums {
  const { calls, queues, operators, counts, answers, ways, names } = document;
  return {
    ...emptySums(),
    ...(calls && { calls: JSON.parse(calls) }),
    ...(queues && { queues: JSON.parse(queues) }),
    ...(operators && { operators: JSON.parse(operators) }),
    ...(counts && JSON.parse(counts)),
    ...(answers && JSON.parse(answers)),
    ...(ways && { ways: JSON.parse(ways) }),
    ...(names && { names: JSON.parse(names) }),
  };
}

/** The texts of a day's quarters, of one kind, as one. */
export const joinedQuarters = (parts: readonly Pick<SumsDocument, "from" | SumsKind>[], kind: SumsKind): string =>
  `{${parts
    .filter((part) => part[kind] !== undefined && part[kind] !== emptyTexts[kind])
    .map((part) => `"${part.from}":${part[kind]}`)
    .join()}}`;

const emptyTexts = textsOf(emptySums());

/** What was read of a day's quarters, by the beginning of each (UTC ms). */
export function sumsOfDayQuarters({ quarters, kind }: Pick<DayQuartersDocument, "quarters" | "kind">) {
  const found = Object.entries(JSON.parse(quarters) as Readonly<Record<string, Partial<Sums>>>);
  // Counts and answers are several sections of the sums; each other kind is one.
  const several = kind === "counts" || kind === "answers";
  return found.map(([from, sums]) => [Number(from), several ? sums : { [kind]: sums }] as const);
}
