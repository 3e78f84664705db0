import type { ReportName } from "@cordboard/api";
import { Select } from "@cordboard/ui";
import { useTranslation } from "react-i18next";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useOwnOperators, useOwnQueues } from "../../app/use-own-queues.ts";

/** What rows a report can be narrowed to. */
const narrowedBy: Readonly<Record<ReportName, "queues" | "operators" | "lines" | "flows" | null>> = {
  queues: "queues",
  operators: "operators",
  lines: "lines",
  flows: "flows",
  versions: "flows",
  outcomes: "queues",
  transfers: null,
  choices: "flows",
  exits: "flows",
  answers: null,
};

/** Narrows a report to one queue, operator, line or flow. */
export function OnlyField({
  report,
  value,
  onChange,
}: {
  report: ReportName;
  value: string;
  onChange: (id: string) => void;
}) {
  const { t } = useTranslation("reports");
  const by = narrowedBy[report];
  const queues = useOwnQueues({ enabled: by === "queues" });
  const operators = useOwnOperators({ enabled: by === "operators" });
  const lines = useApiQuery("lines.list", {}, { enabled: by === "lines" });
  const flows = useApiQuery("flows.list", {}, { enabled: by === "flows" });
  if (by === null) return null;
  const options = {
    queues: () => queues.map(({ queueId, name }) => ({ value: queueId, label: name })),
    operators: () => operators.map(({ operatorId, name }) => ({ value: operatorId, label: name })),
    lines: () => (lines.data?.items ?? []).map(({ lineId, name }) => ({ value: lineId, label: name })),
    flows: () => (flows.data?.items ?? []).map(({ flowId, name }) => ({ value: flowId, label: name })),
  }[by]();
  return (
    <Select
      label={t("only")}
      options={[{ value: "", label: t(`only.${by}`) }, ...options]}
      value={options.some((option) => option.value === value) ? value : ""}
      onChange={onChange}
    />
  );
}
