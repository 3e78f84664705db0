import type { Report } from "@cordboard/api";
import { type Bar, BarChart } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { chartParts } from "./main-figures.ts";
import type { ReportWords } from "./use-report-words.ts";

const HOUR_MS = 3_600_000;
/** So many bars at most have their beginning written under them. */
const LABELS = 10;

/** The period at a glance; the table below it says the same in figures. */
export function ReportChart({ report, words }: { report: Report; words: ReportWords }) {
  const { t } = useTranslation("reports");
  const { figures, of } = chartParts(report.report);
  const columns = [...figures, ...(of === null ? [] : [of])].flatMap(
    (figure) => report.columns.find(({ id }) => id === figure) ?? [],
  );
  // Times are drawn in hours, so that the scale is read.
  const unit = columns[0]?.kind === "ms" ? HOUR_MS : 1;
  const whole = of ?? figures[0] ?? "";
  const every = Math.max(1, Math.ceil(report.slots.length / LABELS));
  const bars = report.slots.map((slot, at): Bar => {
    const parts = figures.map((figure) => slot.figures[figure] ?? 0);
    const rest = of === null ? [] : [Math.max(0, (slot.figures[of] ?? 0) - parts.reduce((sum, part) => sum + part, 0))];
    const said = columns.map(
      (column) => `${words.column(column)} ${words.figure(slot.figures[column.id], column.kind)}`,
    );
    return {
      id: slot.from,
      label: at % every === 0 ? words.shortSlot(report, slot.from) : "",
      parts: [...parts, ...rest].map((part) => Math.round((part / unit) * 10) / 10),
      ...(report.compared && { mark: (report.compared.slots[at]?.[whole] ?? 0) / unit }),
      title: t("barTitle", { at: words.slot(report, slot.from), figures: said.join(", ") }),
    };
  });
  const legend = columns
    .filter(({ id }) => id !== of)
    .map((column) => (unit === 1 ? words.column(column) : t("inHours", { figure: words.column(column) })));
  return (
    <BarChart
      label={t("chart")}
      legend={[...legend, ...(of === null ? [] : [t("others")])]}
      {...(report.compared && { markWord: t("otherPeriod") })}
      bars={bars}
    />
  );
}
