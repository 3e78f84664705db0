import type { DayFigures } from "@cordboard/api";
import { IconButton } from "@cordboard/ui";
import { type DataColumn, type DataSort, DataTable } from "@cordboard/ui/pages";
import { PencilLine } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { CorrectTimeDialog } from "./correct-time-dialog.tsx";
import { useFigureWords } from "./figure-words.ts";
import styles from "./tables.module.css";

type Row = DayFigures["operators"][number];
type Figure = Exclude<keyof Row["figures"], "pauses">;

/** The day's figures of each operator. */
export function OperatorTable({ day }: { day: DayFigures }) {
  const { t } = useTranslation("figures");
  const words = useFigureWords();
  const [asked, setAsked] = useState<Row | null>(null);
  const [sort, setSort] = useState<DataSort | null>(null);
  const number = (id: Figure, how: (value: number) => string, spare = false): DataColumn<Row> => ({
    id,
    header: t(`operator.${id.replace(/Ms$/, "")}`),
    align: "end",
    value: ({ figures }) => figures[id] ?? null,
    cell: ({ figures }) => {
      const figure = figures[id] ?? null;
      return figure === null ? "–" : how(figure);
    },
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
    {
      id: "corrections",
      header: t("operator.corrections"),
      align: "end",
      value: ({ corrections }) => corrections,
      cell: (row) => (
        <span className={styles.corrections}>
          {row.corrections > 0 && row.corrections}
          <IconButton icon={PencilLine} label={t("correct", { name: row.name })} onClick={() => setAsked(row)} />
        </span>
      ),
    },
  ];
  return (
    <>
      <DataTable
        label={t("byOperator")}
        rows={day.operators}
        columns={columns}
        rowId={({ operatorId }) => operatorId}
        sort={sort}
        onSort={setSort}
        empty={<p className={styles.none}>{t("noOperator")}</p>}
      />
      {asked !== null && <CorrectTimeDialog day={day} operator={asked} onClose={() => setAsked(null)} />}
    </>
  );
}
