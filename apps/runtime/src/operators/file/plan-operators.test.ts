import { expect, test } from "vitest";
import { type OperatorWorld, planOperators } from "./plan-operators.ts";

const ines = { operatorId: "op_1", rev: 3, code: "101", name: "Inès", language: "fr", enabled: true } as const;
const world: OperatorWorld = {
  operators: [{ ...ines, email: "ines@demo.example", telephoneId: null }],
  queues: [
    { queueId: "q1", name: "Ventes", operatorIds: ["op_1"] },
    { queueId: "q2", name: "Service après-vente", operatorIds: [] },
  ],
  telephones: [{ telephoneId: "t1", name: "Poste 11" }],
  language: "fr",
  isWeak: (password) => password === "motdepasse",
};
const plan = (...lines: readonly string[]) =>
  planOperators(
    lines.map((line, at) => ({ line: at + 1, cells: line.split(";") })),
    world,
  );

test("new operators, changed ones and those that stay as they are", () => {
  const { rows, planned, problems } = plan(
    "Code;Nom;Files d’attente;Téléphone;Langue",
    "102;Paul Martin;ventes, Service apres-vente;poste 11;anglais",
    "101;Inès Roux;-;;",
    "101 ;;;;".replace("101 ", "101"),
  );
  expect(problems).toMatchObject([{ line: 4, column: "Code", value: "101" }]);
  expect(rows.map(({ kind }) => kind)).toEqual(["new", "changed", "refused"]);
  expect(planned).toMatchObject([
    { before: null, fields: { name: "Paul Martin", language: "en" }, queueIds: ["q1", "q2"], telephoneId: "t1" },
    { before: { operatorId: "op_1" }, fields: { name: "Inès Roux" }, queueIds: [] },
  ]);
  expect(rows[1]?.changes).toEqual([
    { column: "name", before: "Inès", after: "Inès Roux" },
    { column: "queues", before: "Ventes", after: "" },
  ]);
});

test("an empty cell says nothing, and the same again changes nothing", () => {
  const { rows, planned } = plan("operator code,x;name;queues".replace(",x", ""), "101;Inès;Ventes");
  expect(rows).toMatchObject([{ kind: "same", changes: [] }]);
  expect(planned).toEqual([]);
});

test("each problem names its line and its column as the file calls it", () => {
  const { problems, planned, ignored } = plan(
    "Code;Nom;Mot de passe;Rôle;Files;Actif;E-mail;Couleur",
    "1 0;Ana;;;;;;",
    "103;;;;;;;",
    "104;Léo;court;superviseur;Achats;peut-être;ines@demo.example;rouge",
    "105;Zoé;motdepasse;opératrice;;;;",
  );
  expect(ignored).toEqual(["Couleur"]);
  expect(planned).toEqual([]);
  expect(problems.map(({ line, column, value }) => [line, column, value])).toEqual([
    [2, "Code", "1 0"],
    [3, "Nom", ""],
    // What was written as a password is never told again.
    [4, "Mot de passe", ""],
    [4, "Actif", "peut-être"],
    [4, "E-mail", "ines@demo.example"],
    [4, "Rôle", "superviseur"],
    [4, "Files", "Achats"],
    [5, "Mot de passe", ""],
  ]);
});
