import { type ReportName, type ReportStep, reportNames, reportSteps } from "@cordboard/api";
import { dayAfter } from "@cordboard/ui/pages";

/** What is asked of the page, as it stands in its address: nothing there is the report on queues over the last seven days. */
export interface Asked {
  readonly report: ReportName;
  readonly from: string;
  readonly to: string;
  readonly step: ReportStep;
  readonly only: string;
}

/** Reads an address; what is no report, no day or no step is as if it were not there. `today` is a date of the company's zone. */
export function readAsked(get: (name: string) => string, today: string): Asked {
  const day = (written: string, otherwise: string) => (/^\d{4}-\d{2}-\d{2}$/.test(written) ? written : otherwise);
  const to = day(get("to"), today);
  return {
    report: reportNames.find((name) => name === get("report")) ?? "queues",
    to,
    from: day(get("from"), dayAfter(to, -6)),
    step: reportSteps.find((name) => name === get("step")) ?? "day",
    only: get("only"),
  };
}

export const periods = ["today", "yesterday", "week", "month", "lastMonth", "year"] as const;
export type PeriodName = (typeof periods)[number];

/** The days and the step of a usual period. */
export function usualPeriod(name: PeriodName, today: string): Pick<Asked, "from" | "to" | "step"> {
  const [year = "", month = ""] = today.split("-");
  switch (name) {
    case "today":
      return { from: today, to: today, step: "hour" };
    case "yesterday":
      return { from: dayAfter(today, -1), to: dayAfter(today, -1), step: "hour" };
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
