import { useState } from "react";
import { Button, Card, useUiLanguage } from "../src/index.ts";
import {
  BarChart,
  ComboBox,
  type DataSort,
  DataTable,
  DateField,
  PickList,
  showToast,
  Tabs,
  TimeInput,
  ToastRegion,
} from "../src/pages.ts";
import styles from "./gallery.module.css";

const people = [
  { id: "op1", name: "Inès Martin", code: "101", calls: 12 },
  { id: "op2", name: "Tom Baker", code: "102", calls: 7 },
  { id: "op3", name: "Léa Petit", code: "103", calls: 9 },
];
const options = people.map(({ id, name, code }) => ({ value: id, label: name, detail: code }));

/** What pages of lists and forms are made of. */
export function PagesSpecimen() {
  const english = useUiLanguage() === "en";
  const [sort, setSort] = useState<DataSort | null>({ column: "name", descending: false });
  const [tab, setTab] = useState<"week" | "days">("week");
  const [person, setPerson] = useState<string | null>("op2");
  const [picked, setPicked] = useState<readonly string[]>(["op1", "op3"]);
  const [date, setDate] = useState<string | null>("2026-12-25");
  const [time, setTime] = useState("08:30");
  return (
    <>
      <Card flush title={english ? "Table" : "Tableau"}>
        <DataTable
          label={english ? "Operators" : "Opérateurs"}
          rows={people}
          columns={[
            {
              id: "name",
              header: english ? "Name" : "Nom",
              value: ({ name }) => name,
              cell: (row) => <a href="#row">{row.name}</a>,
            },
            { id: "code", header: "Code", value: ({ code }) => code, spare: true },
            { id: "calls", header: english ? "Calls" : "Appels", value: ({ calls }) => calls, align: "end" },
          ]}
          rowId={({ id }) => id}
          sort={sort}
          onSort={setSort}
          current="op2"
        />
      </Card>
      <Card title={english ? "Fields" : "Champs"}>
        <div className={styles.stack}>
          <Tabs
            label={english ? "Parts" : "Parties"}
            tabs={[
              { value: "week", label: english ? "Week" : "Semaine" },
              { value: "days", label: english ? "Days apart" : "Jours à part" },
            ]}
            value={tab}
            onChange={setTab}
          >
            <p>{tab}</p>
          </Tabs>
          <ComboBox label={english ? "Operator" : "Opérateur"} options={options} value={person} onChange={setPerson} />
          <PickList
            label={english ? "Operators, in order" : "Opérateurs, dans l’ordre"}
            options={options}
            value={picked}
            onChange={setPicked}
            ordered
            addLabel={english ? "Add an operator" : "Ajouter un opérateur"}
            emptyText={english ? "Nobody" : "Personne"}
          />
          <DateField label={english ? "Day" : "Jour"} value={date} onChange={setDate} />
          <TimeInput label={english ? "Time" : "Heure"} value={time} onChange={setTime} />
          <Button
            onClick={() =>
              showToast(english ? "The line is deleted." : "La ligne est supprimée.", {
                action: { label: english ? "Undo" : "Annuler", onSelect: () => undefined },
              })
            }
          >
            {english ? "Show a toast" : "Montrer un message bref"}
          </Button>
        </div>
      </Card>
      <Card title={english ? "Chart" : "Graphique"}>
        <BarChart
          label={english ? "Calls by hour" : "Appels par heure"}
          legend={english ? ["Answered", "Given up", "Others"] : ["Répondus", "Abandonnés", "Autres"]}
          bars={[3, 8, 12, 9, 2, 6].map((count, at) => ({
            id: String(at),
            label: `${8 + at}:00`,
            parts: [count, Math.floor(count / 4), at % 2],
            title: String(count),
          }))}
        />
      </Card>
      <ToastRegion />
    </>
  );
}
