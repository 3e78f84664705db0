import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { UiLanguage } from "../texts/ui-language.tsx";
import { type DataColumn, type DataSort, matchesSearch, readSort, writeSort, writtenTable } from "./data-column.ts";
import { DataTable } from "./data-table.tsx";

type Telephone = { id: string; name: string; calls: number | null };

const rows: Telephone[] = [
  { id: "t1", name: "Poste 10", calls: 3 },
  { id: "t2", name: "Hélène", calls: null },
  { id: "t3", name: "poste 9", calls: 12 },
];
const columns: DataColumn<Telephone>[] = [
  { id: "name", header: "Nom", value: (row) => row.name, cell: (row) => <a href={`#${row.id}`}>{row.name}</a> },
  { id: "calls", header: "Appels", value: (row) => row.calls, align: "end" },
];

function drawn(sort: DataSort | null, search = "", pageSize = 50): string {
  return renderToStaticMarkup(
    <UiLanguage language="fr">
      <DataTable
        label="Téléphones"
        rows={rows}
        columns={columns}
        rowId={(row) => row.id}
        sort={sort}
        onSort={() => {}}
        search={search}
        empty={<p>rien</p>}
        pageSize={pageSize}
      />
    </UiLanguage>,
  );
}
const names = (markup: string) => [...markup.matchAll(/<a href="#t\d">([^<]*)</g)].map(([, name]) => name);

describe("a table", () => {
  test("keeps the order it is given until a heading is pressed", () => {
    expect(names(drawn(null))).toEqual(["Poste 10", "Hélène", "poste 9"]);
  });

  test("sorts words as people do, numbers in them by their value, and says so", () => {
    const sorted = drawn({ column: "name", descending: false });
    expect(names(sorted)).toEqual(["Hélène", "poste 9", "Poste 10"]);
    expect(sorted).toContain('aria-sort="ascending"');
  });

  test("sorts figures by value, and leaves what has none last in both directions", () => {
    expect(names(drawn({ column: "calls", descending: false }))).toEqual(["Poste 10", "poste 9", "Hélène"]);
    expect(names(drawn({ column: "calls", descending: true }))).toEqual(["poste 9", "Poste 10", "Hélène"]);
  });

  test("a column from an old address that is no more is no fault", () => {
    expect(names(drawn({ column: "gone", descending: true }))).toHaveLength(3);
  });

  test("finds without accents and capitals, every word somewhere", () => {
    expect(names(drawn(null, "helene"))).toEqual(["Hélène"]);
    expect(names(drawn(null, "12 POSTE"))).toEqual(["poste 9"]);
    expect(drawn(null, "nobody")).toContain("rien");
    expect(matchesSearch({ id: "", name: "a", calls: 1 }, columns, "  ")).toBe(true);
  });

  test("a long list is shown a page at a time", () => {
    const page = drawn(null, "", 2);
    expect(names(page)).toEqual(["Poste 10", "Hélène"]);
    expect(page).toContain("1 / 2");
  });
});

test("a file has the headings, the values or what stands for them, and no column that says nothing", () => {
  const written = writtenTable(rows.slice(0, 2), [
    { ...columns[0], id: "name", header: "Nom", value: (row) => `${row.name} ${row.id}`, text: (row) => row.name },
    ...columns.slice(1),
    { id: "buttons", header: "", value: () => null, text: null },
  ]);
  expect(written).toEqual([
    ["Nom", "Appels"],
    ["Poste 10", 3],
    ["Hélène", null],
  ]);
});

test("a sort survives its address", () => {
  for (const written of ["name", "-name"]) expect(writeSort(readSort(written))).toBe(written);
  for (const nonsense of [null, "", "-"]) expect(readSort(nonsense)).toBeNull();
});
