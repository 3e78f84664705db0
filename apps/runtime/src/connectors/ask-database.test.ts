import type { ConnectorFields, SqlSource } from "@cordboard/api";
import type { SqlAnswer, SqlQuestion, SqlServer } from "@cordboard/sql-connector";
import { expect, test } from "vitest";
import { askDatabase } from "./ask-database.ts";
import { mapAnswer } from "./map-answer.ts";

const sql: SqlSource = {
  ...{ server: "postgresql", host: "db.lan", port: 5432, database: "crm", user: "reader", secret: "db" },
  ...{ tls: "verified", ca: null, view: "crm.contacts" },
  match: [
    { column: "phone", value: "key" },
    { column: "mobile", value: "national" },
    { column: "raw", value: "digits" },
  ],
};
const connector: ConnectorFields = {
  ...{ name: "Database", method: "GET", url: "", headers: [], body: null, timeoutMs: 800, sql },
  mapping: {
    ...{ list: "", id: "/id", name: "/full name", company: null, language: null, customerNumber: null },
    ...{ vip: "/vip", blocked: null, preferredOperator: null, notes: null, fields: { contract: "/contract" } },
  },
};

async function asked(
  answer: SqlAnswer,
  more: { key?: string; address?: string | null; secrets?: [string, string][] } = {},
) {
  const asked: { server: SqlServer; question: SqlQuestion }[] = [];
  const given = await askDatabase({
    ...{ connector, sql, key: more.key ?? "+33612345678", country: "FR" },
    secrets: new Map(more.secrets ?? [["db", "of the database"]]),
    addressOf: async () => (more.address === undefined ? "10.0.0.5" : more.address),
    reader: {
      read: async (server, question) => {
        asked.push({ server, question });
        return answer;
      },
      close: async () => undefined,
    },
  });
  return { given, asked };
}

test("the columns of the mapping are read where one of the match has the number, in its form", async () => {
  const rows = [{ id: 7, "full name": "Ana", vip: 1, contract: "gold" }];
  const { given, asked: made } = await asked({ ok: true, rows });
  expect(made).toMatchObject([
    {
      server: { host: "db.lan", address: "10.0.0.5", password: "of the database", tls: "verified" },
      question: {
        ...{ view: "crm.contacts", columns: ["id", "full name", "vip", "contract"], limit: 11, timeoutMs: 800 },
        match: [
          { column: "phone", value: "+33612345678" },
          { column: "mobile", value: "0612345678" },
          { column: "raw", value: "33612345678" },
        ],
      },
    },
  ]);
  if (!given.ok) throw new Error("not ok");
  expect(mapAnswer(given.json, connector.mapping, new Map())).toMatchObject({
    matches: 1,
    contacts: [{ contactId: "7", name: "Ana", vip: true, fields: { contract: "gold" } }],
  });
});

test("a customer number, and a number of another country, are looked for as they are", async () => {
  const match = async (key: string) =>
    (await asked({ ok: true, rows: [] }, { key })).asked[0]?.question.match.map(({ value }) => value);
  expect(await match("C-1042")).toEqual(["C-1042", "1042", "1042"]);
  expect(await match("+442079460000")).toEqual(["+442079460000", "442079460000", "442079460000"]);
});

test("a private host that is not listed, and a secret that is not there, are said; nothing is asked", async () => {
  const secret = await asked({ ok: true, rows: [] }, { secrets: [] });
  const host = await asked({ ok: true, rows: [] }, { address: null });
  for (const { asked: made } of [secret, host]) expect(made).toEqual([]);
  expect(secret.given).toMatchObject({ problem: { en: expect.stringContaining("no secret “db”") } });
  expect(host.given).toMatchObject({ problem: { fr: expect.stringContaining("« db.lan » est une adresse privée") } });
});

test("what is wrong with a database is said so that it can be mended", async () => {
  const words = async (problem: Extract<SqlAnswer, { ok: false }>["problem"]) => {
    const { given } = await asked({ ok: false, problem, detail: "relation" });
    return given.ok ? "" : given.problem.en;
  };
  expect(await words("credentials")).toContain("refuses “reader”");
  expect(await words("denied")).toContain("grant SELECT");
  expect(await words("missing")).toContain("view “crm.contacts”");
  expect(await words("tls")).toContain("authority");
  expect(await words("timeout")).toContain("800 ms");
  expect(await words("unreachable")).toContain("“db.lan” cannot be reached");
});
