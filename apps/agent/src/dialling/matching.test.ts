import type { DeskDirectory } from "@cordboard/api";
import { expect, test } from "vitest";
import { matching } from "./matching.ts";

const colleague = (name: string, code: string): DeskDirectory["colleagues"][number] => ({
  ...{ operatorId: `op_${code}`, name, code, state: "available", since: null, pauseLabel: null },
  telephone: { telephoneId: `tel_${code}`, name: `Poste ${code}` },
});
const recent = (number: string | null, callerName: string | null = null): DeskDirectory["recent"][number] => ({
  ...{ callId: `call_${number}`, direction: "outbound", number, numberText: number, callerName },
  ...{ at: "2026-11-24T09:00:00.000Z", result: "answered" },
});
const directory: DeskDirectory = {
  dialling: { allowed: true, first: "operator", origins: [], lines: [] },
  colleagues: [colleague("Théo Lefèvre", "102"), colleague("Anna", "103")],
  telephones: [{ telephoneId: "tel_1", name: "Entrepôt" }],
  recent: [recent("+33612345678"), recent("+33123456789", "Mme Lefèvre"), recent(null)],
};
const found = (written: string) => {
  const { colleagues, telephones, recent: calls, nothing } = matching(directory, written);
  return [colleagues.map(({ name }) => name), telephones.length, calls.map(({ number }) => number), nothing];
};

test("by a part of a name, whatever its accents and its case", () => {
  expect(found("lefev")).toEqual([["Théo Lefèvre"], 0, ["+33123456789"], false]);
  expect(found("ENTREPOT")).toEqual([[], 1, [], false]);
  expect(found("103")).toEqual([["Anna"], 0, [], false]);
});

test("by a part of a number, in the national form too; what nobody has is said", () => {
  expect(found("06 12 34")).toEqual([[], 0, ["+33612345678"], false]);
  expect(found("zzz")).toEqual([[], 0, [], true]);
  expect(found(" ")).toMatchObject([["Théo Lefèvre", "Anna"], 1, expect.any(Array), false]);
});
