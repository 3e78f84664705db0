import type { DayFigures } from "@cordboard/api";
import { type DataColumn, type DataSort, DataTable } from "@cordboard/ui/pages";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFigureWords } from "./figure-words.ts";
import styles from "./tables.module.css";

type Row = DayFigures["operators"][number];
type Figure = Exclude<keyof Row["figures"], "pauses">;

/** The day's figures of each operator. */
export function OperatorTable({ day }: { day: DayFigures }) {
  const { t } = useTranslation("figures");
  const words = useFigureWords();
  const [sort, setSort] = useState<DataSort | null>(null);
  const number = (id: Figure, how: (value: number) => string, spare = false): DataColumn<Row> => ({
    id,
    header: t(`operator.${id.replace(/Ms$/, "")}`),
    align: "end",
    value: ({ figures }) => figures[id],
    cell: ({ figures }) => (figures[id] === null ? "–" : how(figures[id])),
    spare,
  });
  const columns: readonly DataColumn<Row>[] = [
    {
      id: "operator",
      header: t("operator"),
      value: ({ name }) => name,
      cell: ({ operatorId, name }) => (
        <Link to={`/calls?operator=${operatorId}&from=${day.date}&to=${day.date}`}>{name}</Link>
      ),
    },
    number("offered", words.count),
    number("accepted", words.count),
    number("refused", words.count, true),
    number("missed", words.count),
    number("averageTalkMs", words.duration),
    number("talkMs", words.duration),
    number("wrapUpMs", words.duration, true),
    number("signedInMs", words.duration),
    number("pausedMs", words.duration, true),
    number("occupancy", words.share),
  ];
  return (
    <DataTable
      label={t("byOperator")}
      rows={day.operators}
      columns={columns}
      rowId={({ operatorId }) => operatorId}
      sort={sort}
      onSort={setSort}
      empty={<p className={styles.none}>{t("noOperator")}</p>}
    />
  );
}
