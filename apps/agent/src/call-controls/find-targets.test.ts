import type { PassOnTargets } from "@cordboard/api";
import { expect, test } from "vitest";
import { findTargets, isNumberLike } from "./find-targets.ts";

const operator = (name: string) => ({ operatorId: name, name, state: "available", since: "", free: true }) as const;
const directory: PassOnTargets = {
  operators: [operator("Inès Moreau"), operator("Paul Lefèvre")],
  queues: [{ queueId: "q", name: "Service après-vente", waiting: 0, staffed: true }],
  flows: [{ flowId: "f", name: "Accueil" }],
  telephones: [],
  switchboard: true,
};
const names = (wanted: string) => {
  const { operators, queues, flows, switchboard } = findTargets(directory, wanted);
  return [...operators, ...queues, ...flows].map(({ name }) => name).concat(switchboard ? ["switchboard"] : []);
};

test("names are found by the beginnings of their words, without accents; nothing written finds all", () => {
  expect(names("ines")).toEqual(["Inès Moreau"]);
  expect(names("lef pau")).toEqual(["Paul Lefèvre"]);
  expect(names("vente")).toEqual(["Service après-vente"]);
  expect(names("zzz")).toEqual([]);
  expect(names(" ")).toHaveLength(5);
});

test("numbers are told from names", () => {
  expect(["01 43 67 09 03", "+33 1.43", "214"].map(isNumberLike)).toEqual([true, true, true]);
  expect(["Paul", "", "2", "12 rue"].map(isNumberLike)).toEqual([false, false, false, false]);
});
