import { Button, Checkbox, Select } from "@cordboard/ui";
import { DateField } from "@cordboard/ui/pages";
import { FilterX } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApiQuery } from "../../app/use-api-query.ts";
import { SearchField, type useListAddress } from "../listing/index.ts";
import { filterNames } from "./call-filter.ts";
import { callResults, useOutcomes } from "./queries.ts";

/** By what calls are found. Everything stands in the address; the number waits until one has stopped typing. */
export function Filters({ address: { get, set } }: { address: ReturnType<typeof useListAddress> }) {
  const { t } = useTranslation("calls");
  const lines = useApiQuery("lines.list", {});
  const queues = useApiQuery("queues.list", {});
  const operators = useApiQuery("operators.list", {});
  const outcomes = useOutcomes();
  const number = get("number");
  const [written, setWritten] = useState(number);
  useEffect(() => setWritten(number), [number]);
  useEffect(() => {
    if (written === number) return;
    const waiting = setTimeout(() => set({ number: written }), 300);
    return () => clearTimeout(waiting);
  }, [written, number, set]);
  const choice = (name: string, all: string, options: readonly { value: string; label: string }[]) => (
    <Select
      label={t(name)}
      options={[{ value: "", label: all }, ...options]}
      value={options.some(({ value }) => value === get(name)) ? get(name) : ""}
      onChange={(chosen) => set({ [name]: chosen })}
    />
  );
  return (
    <>
      <SearchField label={t("number")} value={written} onChange={setWritten} />
      <DateField label={t("fromDay")} value={get("from") || null} onChange={(day) => set({ from: day })} />
      <DateField label={t("toDay")} value={get("to") || null} onChange={(day) => set({ to: day })} />
      {choice(
        "line",
        t("all"),
        (lines.data?.items ?? []).map(({ lineId, name }) => ({ value: lineId, label: name })),
      )}
      {choice(
        "queue",
        t("all"),
        (queues.data?.items ?? []).map(({ queueId, name }) => ({ value: queueId, label: name })),
      )}
      {choice(
        "operator",
        t("all"),
        (operators.data?.items ?? []).map(({ operatorId, name }) => ({ value: operatorId, label: name })),
      )}
      {choice(
        "result",
        t("all"),
        callResults.map((value) => ({ value, label: t(`result.${value}`) })),
      )}
      {outcomes.length > 0 && choice("outcome", t("all"), outcomes)}
      <Checkbox
        label={t("alive")}
        checked={get("alive") === "true"}
        onChange={(event) => set({ alive: event.target.checked ? "true" : null })}
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
