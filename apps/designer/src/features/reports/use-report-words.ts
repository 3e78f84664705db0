import type { Report, ReportColumn } from "@cordboard/api";
import { reportColumnName, reportOf, reportRowName, reportWord } from "@cordboard/api/report-words";
import { formatDuration, formatShortDate, formatTime, useUiLanguage } from "@cordboard/ui";
import { useApiQuery } from "../../app/use-api-query.ts";

/** How a report is written in the reader's language. */
export function useReportWords() {
  const language = useUiLanguage();
  const company = useApiQuery("company.get", {});
  const pauses = new Map((company.data?.pauseReasons ?? []).map(({ code, name }) => [code, name[language]]));
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  const count = new Intl.NumberFormat(language);
  return {
    word: (key: string) => reportWord(language, key),
    column: (column: ReportColumn) => reportColumnName(language, column, pauses),
    row: ({ report }: Report, name: string) => reportRowName(language, report, name),
    of: (of: string) => reportOf(language, of),
    figure(value: number | null | undefined, kind: ReportColumn["kind"]): string {
      if (value === null || value === undefined) return "–";
      if (kind === "ms") return formatDuration(value, language);
      return kind === "share" ? percent.format(value) : count.format(value);
    },
    slot({ step, timeZone }: Report, from: string): string {
      const [at, form] = [Date.parse(from), { language, timeZone }];
      if (step !== "quarter" && step !== "hour") return formatShortDate(at, form);
      return `${formatShortDate(at, form)}, ${formatTime(at, form)}`;
    },
    /** Where there is room for a few letters alone. */
    shortSlot({ step, timeZone }: Report, from: string): string {
      const at = Date.parse(from);
      if (step === "quarter" || step === "hour") return formatTime(at, { language, timeZone });
      const form =
        step === "month"
          ? ({ month: "short", year: "2-digit" } as const)
          : ({ day: "numeric", month: "short" } as const);
      return new Intl.DateTimeFormat(language === "fr" ? "fr-FR" : "en-GB", { ...form, timeZone }).format(at);
    },
  };
}

export type ReportWords = ReturnType<typeof useReportWords>;
