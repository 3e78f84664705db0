import type { Report } from "@cordboard/api";
import { expect, test } from "vitest";
import { reportLetter } from "./letter.ts";

const report: Report = {
  ...{ report: "queues", from: "2026-11-23", to: "2026-11-23", step: "hour", timeZone: "Europe/Paris" },
  ...{ computedAt: "2026-11-24T06:30:00.000Z", counting: false, shortMs: 5_000 },
  columns: [
    { id: "offered", kind: "count" },
    { id: "serviceLevel", kind: "share" },
    { id: "averageAnswerMs", kind: "ms" },
    { id: "longestWaitMs", kind: "ms" },
  ],
  total: { offered: 1_234, serviceLevel: 0.875, averageAnswerMs: 83_000, longestWaitMs: 1 },
  rows: [
    {
      ...{ id: "queue_1", name: "Ventes <b>", of: null },
      figures: { offered: 1_234, serviceLevel: 0.875, averageAnswerMs: 83_000, longestWaitMs: 1 },
    },
  ],
  slots: [],
};
const frame = { company: "Martin & Cie", url: "https://calls.example", pauses: new Map<string, string>() };
const plain = (text = "") => text.replace(/[\u00a0\u202f]/g, " ");

test("is in the reader's language: as text, as a page, and with its table", () => {
  const letter = reportLetter({ report, cells: () => [] }, { ...frame, language: "fr" });
  expect(letter.subject).toBe("Files · Martin & Cie · lundi 23 novembre 2026");
  expect(plain(letter.text)).toContain("Total\n  Proposés : 1 234\n  Niveau de service : 87,5 %\n");
  expect(letter.text).toContain("Attente moyenne des répondus : 1 min 23");
  expect(letter.text).toContain("https://calls.example/designer/reports?report=queues&from=2026-11-23&to=2026-11-23");
  expect(letter.html).toContain("Ventes &#60;b&#62;");
  expect(letter.html).not.toContain("<b>");
  const [table] = letter.attachments ?? [];
  expect(table?.filename).toBe("queues-2026-11-23.csv");
  const csv = Buffer.from(table?.base64 ?? "", "base64").toString("utf8");
  expect(csv).toMatch(/^\uFEFFFile;Proposés;Niveau de service \(%\)/);
  expect(csv).toContain("Ventes <b>;1234;87,5;83;0");
});

test("says so where nothing happened", () => {
  const letter = reportLetter({ report: { ...report, rows: [] }, cells: () => [] }, { ...frame, language: "en" });
  expect(letter.text).toContain("Nothing on this day.");
  expect(letter.html).toContain("Nothing on this day.");
});
