import type { DayFigures } from "@cordboard/api";
import { type DataColumn, type DataSort, DataTable } from "@cordboard/ui/pages";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useFigureWords } from "./figure-words.ts";
import styles from "./tables.module.css";

type Row = DayFigures["queues"][number];

/** The day's figures of each queue. */
export function QueueTable({ day }: { day: DayFigures }) {
  const { t } = useTranslation("figures");
  const words = useFigureWords();
  const [sort, setSort] = useState<DataSort | null>(null);
  const number = (id: keyof Row["figures"], how: (value: number) => string, spare = false): DataColumn<Row> => ({
    id,
    header: t(`figure.${id.replace(/Ms$/, "")}`),
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
      id: "queue",
      header: t("queue"),
      value: ({ name }) => name,
      cell: ({ queueId, name }) => <Link to={`/calls?queue=${queueId}&from=${day.date}&to=${day.date}`}>{name}</Link>,
    },
    number("offered", words.count),
    number("answered", words.count),
    number("handedOver", words.count, true),
    number("abandoned", words.count),
    number("shortAbandoned", words.count, true),
    number("left", words.count, true),
    number("serviceLevel", words.share),
    number("averageAnswerMs", words.duration),
    number("longestWaitMs", words.duration),
    number("averageTalkMs", words.duration, true),
    number("averageWrapUpMs", words.duration, true),
  ];
  return (
    <DataTable
      label={t("byQueue")}
      rows={day.queues}
      columns={columns}
      rowId={({ queueId }) => queueId}
      sort={sort}
      onSort={setSort}
      empty={<p className={styles.none}>{t("noQueue")}</p>}
    />
  );
}
