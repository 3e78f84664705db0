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
      "\uFEFFFile;Issue;Appels;Attente moyenne (s);Part (%);Pause : Déjeuner (s)",
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
