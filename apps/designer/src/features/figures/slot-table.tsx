import type { DayFigures } from "@cordboard/api";
import { type DateTimeForm, formatTime } from "@cordboard/ui";
import { type DataColumn, DataTable } from "@cordboard/ui/pages";
import { useTranslation } from "react-i18next";
import { busySlots } from "./busy-slots.ts";
import { useFigureWords } from "./figure-words.ts";

type Row = DayFigures["slots"][number];

/** The day by quarters of an hour, or hours: the figures of the chart, and more. */
export function SlotTable({ day, form }: { day: DayFigures; form: DateTimeForm }) {
  const { t } = useTranslation("figures");
  const words = useFigureWords();
  const number = (id: keyof Row["figures"], how: (value: number) => string, spare = false): DataColumn<Row> => ({
    id,
    header: t(`figure.${id.replace(/Ms$/, "")}`),
    align: "end",
    sortable: false,
    value: ({ figures }) => figures[id] ?? null,
    cell: ({ figures }) => {
      const figure = figures[id] ?? null;
      return figure === null ? "–" : how(figure);
    },
    spare,
  });
  const columns: readonly DataColumn<Row>[] = [
    { id: "from", header: t("fromTime"), sortable: false, value: ({ from }) => formatTime(Date.parse(from), form) },
    { id: "calls", header: t("figure.calls"), align: "end", sortable: false, value: ({ calls }) => calls, spare: true },
    number("offered", words.count),
    number("answered", words.count),
    number("abandoned", words.count),
    number("shortAbandoned", words.count, true),
    number("left", words.count, true),
    number("serviceLevel", words.share, true),
    number("averageAnswerMs", words.duration, true),
    number("longestWaitMs", words.duration, true),
  ];
  return (
    <DataTable
      label={t("bySlot")}
      rows={busySlots(day.slots)}
      columns={columns}
      rowId={({ from }) => from}
      sort={null}
      onSort={() => undefined}
      pageSize={100}
      keepsColumns
    />
  );
}
