/** Figures over a period, counted by what they are about and by when. docs/figures.md says what each counts; all can be recomputed from the traces. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { IsoDate, IsoTime, ScreenLanguage } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** What the rows of a report are about. */
export const reportNames = [
  "queues",
  "operators",
  "lines",
  "flows",
  "versions",
  "outcomes",
  "transfers",
  "choices",
  "exits",
  "answers",
] as const;
export const ReportName = Type.Enum([...reportNames]);
export type ReportName = (typeof reportNames)[number];

/**
 * Stretches of the company's own calendar; weeks begin on Monday. `quarterOfDay` and `hourOfDay` make one typical day of all the period’s days:
 * what there was on average between 8:00 and 8:15.
 */
export const reportSteps = ["quarter", "hour", "day", "week", "month", "quarterOfDay", "hourOfDay"] as const;
export const ReportStep = Type.Enum([...reportSteps]);
export type ReportStep = (typeof reportSteps)[number];

/** The longest period, in days, that can be asked for in such steps. */
export const longestReportDays: Readonly<Record<ReportStep, number>> = {
  quarter: 7,
  hour: 31,
  day: 400,
  week: 800,
  month: 1_900,
  quarterOfDay: 92,
  hourOfDay: 92,
};

/** Steps of a typical day. */
export const isTypicalStep = (step: ReportStep): boolean => step === "quarterOfDay" || step === "hourOfDay";

/** What answers are counted apart for. */
export const ReportBy = Type.Enum(["queue", "operator"]);
export type ReportBy = Static<typeof ReportBy>;

/** By the id of the figure, as `columns` has them; null: there is nothing to say (an average of nothing). */
const Figures = Type.Record(Type.String(), nullable(Type.Number()));

export const ReportColumn = Type.Object(
  {
    /** The figure’s id, as docs/figures.md has it. */
    id: Type.String(),
    /** `count`; `ms`: milliseconds; `share`: from 0 to 1. */
    kind: Type.Enum(["count", "ms", "share"]),
    /** Of a figure that the company named itself (a reason for a pause): its code. */
    name: Type.Optional(Type.String()),
  },
  { ...closed, title: "ReportColumn" },
);
export type ReportColumn = Static<typeof ReportColumn>;

export const ReportRow = Type.Object(
  {
    /** What the row is about: an id of the kind that the report is named for, or what stands for several. */
    id: Type.String(),
    name: Type.String(),
    /** What it belongs to: of a menu’s choice the menu, of a node or version its flow, of a transfer how it was made (`operator queue`, `flow number` …), of an answer its script and question. */
    of: nullable(Type.String()),
    figures: Figures,
  },
  { ...closed, title: "ReportRow" },
);
export type ReportRow = Static<typeof ReportRow>;

export const ReportSlot = Type.Object(
  { from: IsoTime, until: IsoTime, figures: Figures },
  { ...closed, title: "ReportSlot" },
);
export type ReportSlot = Static<typeof ReportSlot>;

/** The same report over another period of as many days. */
export const ComparedReport = Type.Object(
  {
    from: IsoDate,
    to: IsoDate,
    /** Where it is cut: a period that goes on is compared up to the same quarter of an hour. */
    until: IsoTime,
    days: Type.Optional(Type.Integer({ minimum: 0 })),
    total: Figures,
    /** By the id of the row. */
    rows: Type.Record(Type.String(), Figures),
    /** One for each of the report’s steps, in their order. */
    slots: Type.Array(Figures),
  },
  { ...closed, title: "ComparedReport" },
);
export type ComparedReport = Static<typeof ComparedReport>;

export const Report = Type.Object(
  {
    report: ReportName,
    /** The first and the last day of the period. */
    from: IsoDate,
    to: IsoDate,
    step: ReportStep,
    timeZone: Type.String(),
    computedAt: IsoTime,
    /** Sums of earlier days are being counted anew: figures may rise still. */
    counting: Type.Boolean(),
    /** A wait longer than this makes a caller who hangs up `abandoned`; a shorter one `shortAbandoned`. */
    shortMs: Type.Integer({ minimum: 0 }),
    columns: Type.Array(ReportColumn),
    /** Of all rows, and of all steps: both add up to it. */
    total: Figures,
    rows: Type.Array(ReportRow),
    /** Every step of the period so far, also the empty ones; of a typical day, every step of the period’s last day. */
    slots: Type.Array(ReportSlot),
    /** Of a typical day: of how many days it is the average. */
    days: Type.Optional(Type.Integer({ minimum: 0 })),
    compared: Type.Optional(ComparedReport),
  },
  { ...closed, title: "Report" },
);
export type Report = Static<typeof Report>;

const period = {
  /** The first day. */
  from: IsoDate,
  /** The last day. */
  to: IsoDate,
  /** Absent: `day`. */
  step: Type.Optional(ReportStep),
  /**
   * Only rows of these, by id, separated by commas; absent: all. Of `answers`: queues, operators, scripts, or questions
   * (`script_…|question`); those of several kinds narrow each other.
   */
  only: Type.Optional(Type.String({ minLength: 1, maxLength: 4_000 })),
  /** Of `answers`: counted for each queue, or for each operator who noted them, apart; absent: together. */
  by: Type.Optional(ReportBy),
  /** Which days a typical day is made of: 1 is Monday, separated by commas; absent: all. */
  weekdays: Type.Optional(Type.String({ pattern: "^[1-7](,[1-7]){0,6}$" })),
  /** The first day of a period of as many days to compare with. */
  compare: Type.Optional(IsoDate),
};

/** `rows`: a line for each row; `slots`: one for each step; `both`: one for each row in each step. */
export const ReportTable = Type.Enum(["rows", "slots", "both"]);
export type ReportTable = "rows" | "slots" | "both";

export const reportRoutes = {
  "reports.get": defineRoute({
    id: "reports.get",
    scope: "calls:read",
    method: "GET",
    path: "/api/reports/:report",
    roles: permissions.calls.read,
    summary:
      "A report over some days of the company’s time zone: by queue, operator, line, flow, flow version, outcome, transfer, menu choice, node where callers hang up, or answer in a guided conversation.",
    request: { params: Type.Object({ report: ReportName }, closed), query: Type.Object(period, closed) },
    response: Report,
    errors: ["requestInvalid"],
  }),
  "reports.csv": defineRoute({
    id: "reports.csv",
    scope: "calls:read",
    method: "GET",
    path: "/api/reports/:report/csv",
    roles: permissions.calls.read,
    summary: "The same report as a table for spreadsheets, in the language that is asked for.",
    request: {
      params: Type.Object({ report: ReportName }, closed),
      query: Type.Object(
        { ...period, table: Type.Optional(ReportTable), language: Type.Optional(ScreenLanguage) },
        closed,
      ),
    },
    response: "csv",
    errors: ["requestInvalid"],
  }),
  "reports.rebuild": defineRoute({
    id: "reports.rebuild",
    scope: "none",
    method: "POST",
    path: "/api/reports/rebuild",
    roles: ["admin"],
    summary:
      "Counts the sums that reports are made of anew, from everything that is kept. Reports can be read meanwhile.",
    request: {},
    response: Type.Object({ from: nullable(IsoTime) }, closed),
    errors: [],
  }),
} as const;
