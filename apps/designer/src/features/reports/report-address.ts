import {
  isTypicalStep,
  type ReportBy,
  type ReportName,
  type ReportStep,
  reportNames,
  reportSteps,
} from "@cordboard/api";
import { dayAfter } from "@cordboard/ui/pages";

/** What is asked of the page, as it stands in its address: nothing there is the report on queues over the last seven days. */
export interface Asked {
  readonly report: ReportName;
  readonly from: string;
  readonly to: string;
  readonly step: ReportStep;
  readonly only: string;
  /** Which days a typical day is made of; empty: all. */
  readonly weekdays: string;
  readonly compare: CompareName | "";
  /** What answers are counted apart for; empty: nothing, or another report. */
  readonly by: ReportBy | "";
}

/** Reads an address; what is no report, no day or no step is as if it were not there. `today` is a date of the company's zone. */
export function readAsked(get: (name: string) => string, today: string): Asked {
  const day = (written: string, otherwise: string) => (/^\d{4}-\d{2}-\d{2}$/.test(written) ? written : otherwise);
  const to = day(get("to"), today);
  const report = reportNames.find((name) => name === get("report")) ?? "queues";
  return {
    report,
    by: (report === "answers" && answerBys.find((name) => name === get("by"))) || "",
    to,
    from: day(get("from"), dayAfter(to, -6)),
    step: reportSteps.find((name) => name === get("step")) ?? "day",
    only: get("only"),
    weekdays: weekdayChoices.find((days) => days === get("weekdays")) ?? "",
    compare: compareNames.find((name) => name === get("compare")) ?? "",
  };
}

export const answerBys = ["queue", "operator"] as const satisfies readonly ReportBy[];

/** Monday is 1. */
export const weekdayChoices = ["1,2,3,4,5", "6,7", "1", "2", "3", "4", "5", "6", "7"] as const;

/** What a period can be compared with: that just before it, or the same days of weeks ago. */
const compareNames = ["previous", "week", "fourWeeks", "year"] as const;
export type CompareName = (typeof compareNames)[number];

/** So many days back; null: as many as the period has. A year is 52 weeks, so that Mondays are compared with Mondays. */
const daysBack: Readonly<Record<CompareName, number | null>> = { previous: null, week: 7, fourWeeks: 28, year: 364 };

/** The comparisons in which the two periods do not overlap. */
export function comparisons({ from, to }: Pick<Asked, "from" | "to">): readonly CompareName[] {
  return compareNames.filter((name) => (daysBack[name] ?? Number.POSITIVE_INFINITY) >= length(from, to));
}

/** The first day of the other period. */
export function compareFrom(name: CompareName, { from, to }: Pick<Asked, "from" | "to">): string {
  return dayAfter(from, -(daysBack[name] ?? length(from, to)));
}

const length = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;

/** What is asked of the runtime. */
export function queryOf({ from, to, step, only, weekdays, compare, by }: Asked) {
  const typical = isTypicalStep(step) && weekdays !== "";
  return {
    ...{ from, to, step },
    ...(only !== "" && { only }),
    ...(by !== "" && { by }),
    ...(typical && { weekdays }),
    ...(compare !== "" && { compare: compareFrom(compare, { from, to }) }),
  };
}

export const periods = ["today", "yesterday", "thisWeek", "week", "fourWeeks", "month", "lastMonth", "year"] as const;
export type PeriodName = (typeof periods)[number];

/** The days and the step of a usual period. */
export function usualPeriod(name: PeriodName, today: string): Pick<Asked, "from" | "to" | "step"> {
  const [year = "", month = ""] = today.split("-");
  switch (name) {
    case "today":
      return { from: today, to: today, step: "hour" };
    case "yesterday":
      return { from: dayAfter(today, -1), to: dayAfter(today, -1), step: "hour" };
    case "thisWeek": {
      // A date that is read as UTC has the weekday that it has.
      const weekday = (new Date(today).getUTCDay() + 6) % 7;
      return { from: dayAfter(today, -weekday), to: today, step: "day" };
    }
    case "fourWeeks":
      return { from: dayAfter(today, -28), to: dayAfter(today, -1), step: "quarterOfDay" };
    case "week":
      return { from: dayAfter(today, -6), to: today, step: "day" };
    case "month":
      return { from: `${year}-${month}-01`, to: today, step: "day" };
    case "lastMonth": {
      const last = dayAfter(`${year}-${month}-01`, -1);
      return { from: `${last.slice(0, 8)}01`, to: last, step: "day" };
    }
    case "year":
      return { from: `${year}-01-01`, to: today, step: "month" };
  }
}
