import { Button, Checkbox, Select } from "@cordboard/ui";
import { DateField, TimeInput } from "@cordboard/ui/pages";
import { FilterX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useApiQuery } from "../../app/use-api-query.ts";
import type { useListAddress } from "../listing/index.ts";
import { AnswerFilter } from "./answer-filter.tsx";
import { filterNames } from "./call-filter.ts";
import { callResults, useOutcomes } from "./queries.ts";
import { Typed } from "./typed.tsx";

/** By what calls are found. Everything stands in the address; what is typed waits until one has stopped. */
export function Filters({ address: { get, set } }: { address: ReturnType<typeof useListAddress> }) {
  const { t } = useTranslation("calls");
  const lines = useApiQuery("lines.list", {});
  const queues = useApiQuery("queues.list", {});
  const operators = useApiQuery("operators.list", {});
  const outcomes = useOutcomes();
  const choice = (
    name: "line" | "queue" | "operator" | "result" | "outcome",
    options: readonly { value: string; label: string }[],
  ) => (
    <Select
      label={t(name)}
      options={[{ value: "", label: t(`all.${name}`) }, ...options]}
      value={options.some(({ value }) => value === get(name)) ? get(name) : ""}
      onChange={(chosen) => set({ [name]: chosen })}
    />
  );
  return (
    <>
      <Typed name="number" label={t("number")} address={{ get, set }} />
      <Typed name="name" label={t("name")} address={{ get, set }} />
      <DateField label={t("fromDay")} value={get("from") || null} onChange={(day) => set({ from: day })} />
      {get("from") !== "" && (
        <TimeInput
          label={t("fromTime")}
          value={get("fromTime") || "00:00"}
          onChange={(time) => set({ fromTime: time })}
        />
      )}
      <DateField label={t("toDay")} value={get("to") || null} onChange={(day) => set({ to: day })} />
      {get("to") !== "" && (
        <TimeInput label={t("toTime")} value={get("toTime") || "24:00"} onChange={(time) => set({ toTime: time })} />
      )}
      {choice(
        "line",
        (lines.data?.items ?? []).map(({ lineId, name }) => ({ value: lineId, label: name })),
      )}
      {choice(
        "queue",
        (queues.data?.items ?? []).map(({ queueId, name }) => ({ value: queueId, label: name })),
      )}
      {choice(
        "operator",
        (operators.data?.items ?? []).map(({ operatorId, name }) => ({ value: operatorId, label: name })),
      )}
      {choice(
        "result",
        callResults.map((value) => ({ value, label: t(`result.${value}`) })),
      )}
      {outcomes.length > 0 && choice("outcome", outcomes)}
      <AnswerFilter address={{ get, set }} />
      <Checkbox
        label={t("alive")}
        checked={get("alive") === "true"}
        onChange={(event) => set({ alive: event.target.checked ? "true" : null })}
      />
      <Checkbox
        label={t("recorded")}
        checked={get("recorded") === "true"}
        onChange={(event) => set({ recorded: event.target.checked ? "true" : null })}
      />
      <Checkbox
        label={t("onHold")}
        checked={get("held") === "true"}
        onChange={(event) => set({ held: event.target.checked ? "true" : null })}
      />
      {filterNames.some((name) => get(name) !== "") && (
        <Button
          kind="quiet"
          icon={FilterX}
          onClick={() => set(Object.fromEntries(filterNames.map((name) => [name, null])))}
        >
          {t("showAll")}
        </Button>
      )}
    </>
  );
}
