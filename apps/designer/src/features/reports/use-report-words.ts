import { isTypicalStep, type Report, type ReportColumn } from "@cordboard/api";
import { reportColumnName, reportOf, reportRowName, reportWord } from "@cordboard/api/report-words";
import { formatDuration, formatShortDate, formatTime, useUiLanguage } from "@cordboard/ui";
import { useApiQuery } from "../../app/use-api-query.ts";

/** How a report is written in the reader's language. */
export function useReportWords() {
  const language = useUiLanguage();
  const company = useApiQuery("company.get", {});
  const pauses = new Map((company.data?.pauseReasons ?? []).map(({ code, name }) => [code, name[language]]));
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  const count = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const change = new Intl.NumberFormat(language, {
    ...{ style: "percent", maximumFractionDigits: 0, signDisplay: "exceptZero" },
  });
  const figure = (value: number | null | undefined, kind: ReportColumn["kind"]): string => {
    if (value === null || value === undefined) return "–";
    if (kind === "ms") return formatDuration(value, language);
    return kind === "share" ? percent.format(value) : count.format(value);
  };
  return {
    word: (key: string) => reportWord(language, key),
    column: (column: ReportColumn) => reportColumnName(language, column, pauses),
    row: ({ report }: Report, name: string) => reportRowName(language, report, name),
    of: (of: string) => reportOf(language, of),
    figure,
    date: (day: string) => formatShortDate(Date.parse(`${day}T12:00:00Z`), { language, timeZone: "UTC" }),
    /** What a figure was in the other period, and by how much it has changed since. */
    before(
      now: number | null | undefined,
      then: number | null | undefined,
      kind: ReportColumn["kind"],
    ): readonly string[] {
      const was = figure(then, kind);
      if (typeof now !== "number" || typeof then !== "number" || then === 0 || kind === "share") return [was];
      // A hyphen after the dot would be read as another dash.
      return [was, change.format((now - then) / then).replace("-", "−")];
    },
    slot({ step, timeZone }: Report, from: string): string {
      const [at, form] = [Date.parse(from), { language, timeZone }];
      if (isTypicalStep(step)) return formatTime(at, form);
      if (step !== "quarter" && step !== "hour") return formatShortDate(at, form);
      return `${formatShortDate(at, form)}, ${formatTime(at, form)}`;
    },
    /** Where there is room for a few letters alone. */
    shortSlot({ step, timeZone }: Report, from: string): string {
      const at = Date.parse(from);
      if (step === "quarter" || step === "hour" || isTypicalStep(step)) return formatTime(at, { language, timeZone });
      const form =
        step === "month"
          ? ({ month: "short", year: "2-digit" } as const)
          : ({ day: "numeric", month: "short" } as const);
      return new Intl.DateTimeFormat(language === "fr" ? "fr-FR" : "en-GB", { ...form, timeZone }).format(at);
    },
  };
}

export type ReportWords = ReturnType<typeof useReportWords>;
