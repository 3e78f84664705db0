import type { Report } from "@cordboard/api";
import { expect, test } from "vitest";
import { reportCsv } from "./csv.ts";

const report: Report = {
  ...{ report: "outcomes", from: "2026-11-23", to: "2026-11-23", step: "hour", timeZone: "Europe/Paris" },
  ...{ computedAt: "2026-11-23T12:00:00.000Z", counting: false, shortMs: 5_000 },
  columns: [
    { id: "count", kind: "count" },
    { id: "averageWaitMs", kind: "ms" },
    { id: "share", kind: "share" },
    { id: "pause.asked.lunch", kind: "ms", name: "asked.lunch" },
  ],
  total: { count: 3, averageWaitMs: 1_234, share: 1, "pause.asked.lunch": null },
  rows: [
    { id: "a", name: '=cmd|"x"', of: "Ventes ; export", figures: { count: 3, averageWaitMs: null, share: 0.3333 } },
  ],
  slots: [{ from: "2026-11-23T07:00:00.000Z", until: "2026-11-23T08:00:00.000Z", figures: { count: 3 } }],
};
const cells = () => [new Map([["a", { count: 3 }]])];
const written = (table: "rows" | "slots" | "both", language: "fr" | "en") =>
  [...reportCsv({ report, cells }, table, language, new Map([["lunch", "Déjeuner"]]))].join("");

test("is read by a French spreadsheet as it is: its mark, semicolons, decimal commas; what would run or split is quoted", () => {
  expect(written("rows", "fr")).toBe(
    [
      "\uFEFFFile;Résultat;Appels;Attente moyenne (s);Part (%);Pause : Déjeuner (s)",
      '"Ventes ; export";"\'=cmd|""x""";3;;33,3;',
      "Total;;3;1;100;",
      "",
    ].join("\r\n"),
  );
});

test("and by an English one: commas, decimal points; times are the company's own", () => {
  expect(written("both", "en")).toBe(
    [
      "\uFEFFFrom,Queue,Outcome,Calls,Average wait (s),Share (%),Paused: Déjeuner (s)",
      '2026-11-23 08:00,Ventes ; export,"\'=cmd|""x""",3,,,',
      "",
    ].join("\r\n"),
  );
  expect(written("slots", "en").split("\r\n")[1]).toBe("2026-11-23 08:00,3,,,");
});

test("has beside each figure that of the period it is compared with, and a typical day by its times alone", () => {
  const compared = {
    ...{ from: "2026-11-16", to: "2026-11-16", until: "2026-11-16T12:00:00.000Z", days: 4 },
    ...{ total: { count: 2 }, rows: { a: { count: 2 } }, slots: [{ count: 2 }] },
  };
  const columns = report.columns.slice(0, 1);
  const typical: Report = { ...report, columns, step: "hourOfDay", days: 5, total: { count: 3.4 }, compared };
  const asked = { report: typical, cells, comparedCells: () => [new Map([["a", { count: 2 }]])] };
  const lines = (table: "rows" | "slots" | "both") =>
    [...reportCsv(asked, table, "fr", new Map())].map((line) => line.trim());
  expect(lines("slots")).toEqual(["Début;Appels;Appels 2026-11-16/2026-11-16", "08:00;3;2", "Total;3,4;2"]);
  expect(lines("rows")[1]).toMatch(/;3;2$/);
  expect(lines("both")[1]).toMatch(/^08:00;.*;3;2$/);
});
