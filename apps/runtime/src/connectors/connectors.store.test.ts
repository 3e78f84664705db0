import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { ApiClient, Company, ConnectorFields } from "@cordboard/api";
import type { SqlReader } from "@cordboard/sql-connector";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";

let runtime: TestRuntime;
let home: Company;
let admin: ApiClient;
let author: ApiClient;
const heard: { url: string; headers: IncomingMessage["headers"]; body: string }[] = [];
let answer: (url: URL) => { status: number; body: string } | "never" = () => ({ status: 200, body: "[]" });

/** The customer application of a company, as far as a connector sees it. */
const crm = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    heard.push({ url: request.url ?? "", headers: request.headers, body: Buffer.concat(parts).toString() });
    const told = answer(new URL(request.url ?? "/", "http://crm"));
    if (told !== "never") response.writeHead(told.status, { "content-type": "application/json" }).end(told.body);
  });
});
let base = "";
/** Databases, as far as a connector sees them. */
const databases: SqlReader = {
  read: async () => ({ ok: true, rows: [] }),
  close: async () => undefined,
};

beforeAll(async () => {
  runtime = await startTestRuntime({ sql: databases });
  home = await runtime.company("home");
  admin = await runtime.user(home, "admin");
  author = await runtime.user(home, "author");
  await new Promise<void>((resolve) => crm.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(crm.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  crm.closeAllConnections();
  crm.close();
  await runtime.close();
});

function must<T>(answered: { ok: true; value: T } | { ok: false; error: { message: string; code: string } }): T {
  if (!answered.ok) throw new Error(`${answered.error.code}: ${answered.error.message}`);
  return answered.value;
}

const connector = (part: Partial<ConnectorFields> = {}): ConnectorFields => ({
  ...{
    name: "CRM",
    method: "GET",
    url: `${base}/find?phone={{key}}&d={{digits}}`,
    headers: [],
    body: null,
    timeoutMs: 1_000,
  },
  mapping: {
    ...{ list: "/items", id: "/id", name: "/name", company: null, language: "/lang", customerNumber: null },
    ...{ vip: "/vip", blocked: null, preferredOperator: null, notes: "/memo", fields: {} },
  },
  ...part,
});
const trying = async (part: Partial<ConnectorFields>, key = "+33612345678") =>
  must(await admin.call("connectors.try", { body: { connector: connector(part), key } }));
const ana = JSON.stringify({ items: [{ id: 1, name: "Ana", lang: "en-GB", vip: true, memo: "careful" }] });

test("a private address is refused until an administrator lists it", async () => {
  const refused = await trying({});
  expect(refused).toMatchObject({ status: null, contacts: [] });
  expect(refused.problem?.en).toContain("“127.0.0.1” is a private address");
  expect(refused.problem?.en).toContain("page “Webhooks”, part “Opening”");
  expect(refused.problem?.fr).toContain("page « Webhooks », partie « Ouverture »");
  expect(heard).toEqual([]);
  const listing = { frameOrigins: [], privateHosts: ["127.0.0.0/8"], rev: 0 };
  must(await admin.call("integration.change", { body: listing }));
  answer = () => ({ status: 200, body: ana });
  expect(await trying({})).toMatchObject({
    status: 200,
    problem: null,
    contacts: [{ name: "Ana", notes: "careful", vip: true }],
  });
  expect(heard[0]?.url).toBe("/find?phone=%2B33612345678&d=33612345678");
});

test("secrets are sent, and never shown: not in the list, not in the store, not in the audit log", async () => {
  must(await admin.call("secrets.set", { params: { name: "crm" }, body: { value: "s3cret-value" } }));
  answer = () => ({ status: 200, body: ana });
  await trying(
    {
      ...{ method: "POST", body: '{ "token": "{{secret.crm}}", "phone": "{{key}}" }' },
      headers: [{ name: "Authorization", value: "Bearer {{secret.crm}}" }],
    },
    'a"b',
  );
  expect(heard.at(-1)?.headers.authorization).toBe("Bearer s3cret-value");
  expect(JSON.parse(heard.at(-1)?.body ?? "")).toEqual({ token: "s3cret-value", phone: 'a"b' });
  expect(JSON.stringify(must(await admin.call("secrets.list")))).not.toContain("s3cret");
  const stored = await runtime.store.connection.collection("secrets").find({}).toArray();
  expect(JSON.stringify(stored)).not.toContain("s3cret");
  expect(JSON.stringify(must(await admin.call("audit.list", { query: { limit: 50 } })))).not.toContain("s3cret");
  // Authors name secrets in flows; they give none, and take none away.
  expect(must(await author.call("secrets.list")).items.map(({ name }) => name)).toEqual(["crm"]);
  const params = { name: "crm" };
  expect(await author.call("secrets.set", { params, body: { value: "theirs" } })).toMatchObject({
    error: { code: "notAllowed" },
  });
  expect(await author.call("secrets.delete", { params })).toMatchObject({ error: { code: "notAllowed" } });
  const missing = await trying({ headers: [{ name: "X", value: "{{secret.gone}}" }] });
  expect(missing.problem?.en).toContain("no secret “gone”");
});

test("what goes wrong is a sentence, and the caller's flow goes on", async () => {
  const made = must(await admin.call("connectors.create", { body: connector({ timeoutMs: 300 }) }));
  const lookUp = (by: "number" | "value", key: string | null, hidden = false) =>
    runtime.features.contactLookUp.lookUp(
      { companyId: home.companyId, from: key, hidden },
      { type: "lookUpContact", entry: 1, source: made.connectorId, by, key },
    );
  answer = () => ({ status: 200, body: ana });
  expect(await lookUp("number", "0612345678")).toMatchObject({
    result: "found",
    contacts: [{ name: "Ana", language: "en-GB" }],
  });
  expect(heard.at(-1)?.url).toContain("phone=%2B33612345678");
  const before = heard.length;
  expect(await lookUp("number", "+33612345678", true)).toMatchObject({ result: "none" });
  expect(heard).toHaveLength(before);
  for (const [told, result, words] of [
    [{ status: 404, body: "" }, "none", null],
    [{ status: 200, body: '{"items":[]}' }, "none", null],
    [{ status: 500, body: "oops" }, "failed", "status 500"],
    [{ status: 200, body: "<html>" }, "failed", "JSON"],
    [{ status: 200, body: `"${"x".repeat(1_100_000)}"` }, "failed", "1 MB"],
    ["never", "failed", "300 ms"],
  ] as const) {
    answer = () => told;
    expect(await lookUp("value", "1042"), String(words)).toMatchObject({ result });
    const { problem } = await trying({ timeoutMs: 300 });
    if (words === null) expect(problem).toBeNull();
    else expect(problem?.en).toContain(words);
  }
  must(await admin.call("secrets.set", { params: { name: "used" }, body: { value: "x" } }));
  must(
    await admin.call("connectors.change", {
      params: { connectorId: made.connectorId },
      body: { ...connector({ headers: [{ name: "X-Key", value: "{{secret.used}}" }] }), rev: made.rev },
    }),
  );
  expect(await admin.call("secrets.delete", { params: { name: "used" } })).toMatchObject({ error: { code: "inUse" } });
});

test("an address whose values could lead to another server is refused when it is saved", async () => {
  const refused = await admin.call("connectors.create", {
    body: connector({ name: "Bad", url: "https://{{key}}.example/" }),
  });
  expect(refused).toMatchObject({ error: { code: "scriptUrlRefused" } });
  const noJson = await admin.call("connectors.create", {
    body: connector({ name: "Bad", method: "POST", body: "{ phone: {{key}} }" }),
  });
  expect(noJson).toMatchObject({ error: { code: "requestInvalid" } });
});

test("a code is checked or sent by the body of a connector, and is in no address", async () => {
  const { connectorId } = must(
    await admin.call("connectors.create", {
      body: connector({
        ...{ name: "Codes", method: "POST", url: `${base}/check?who={{key}}&code={{code}}` },
        body: '{"who":"{{key}}","code":"{{code}}"}',
      }),
    }),
  );
  answer = () => ({ status: 200, body: JSON.stringify({ items: [{ id: "7", name: "Ana" }] }) });
  const asked = { key: "1042", code: "86420975" };
  const ask = (id = connectorId) => runtime.features.connectors.withCode(home.companyId, id, asked);
  expect(await ask()).toEqual({ status: 200, found: true });
  expect(JSON.parse(heard.at(-1)?.body ?? "")).toEqual({ who: "1042", code: asked.code });
  expect(heard.at(-1)?.url).not.toContain(asked.code);
  answer = () => ({ status: 404, body: "" });
  expect(await ask()).toEqual({ status: 404, found: false });
  // A provider of text messages says no more than that it has it.
  answer = () => ({ status: 202, body: "queued" });
  expect(await ask()).toEqual({ status: 202, found: false });
  expect(await ask("conn_gone")).toBeNull();
});

test("a database in place of an address: listed, its secret in use, kept as it was given, and asked for a call", async () => {
  const asked: { address: string; password: string; values: string[] }[] = [];
  databases.read = async ({ address, password }, { match }) => {
    asked.push({ address, password, values: match.map(({ value }) => value) });
    return { ok: true, rows: [{ id: 3, name: "Ana", lang: "fr-FR", vip: false, memo: null }] };
  };
  const sql: NonNullable<ConnectorFields["sql"]> = {
    ...{ server: "postgresql", host: "127.0.0.1", port: 5432, database: "crm", user: "reader", secret: "database" },
    ...{ tls: "off", ca: null, view: "callers", match: [{ column: "phone", value: "national" }] },
  };
  const mapping = { ...connector().mapping, list: "", id: "/id", name: "/name" };
  const body = { ...connector({ name: "Database", url: "", mapping }), sql };
  expect(await trying(body)).toMatchObject({ contacts: [], problem: { en: expect.stringContaining("database") } });
  must(await admin.call("secrets.set", { params: { name: "database" }, body: { value: "pass of the database" } }));
  expect(await trying(body)).toMatchObject({ problem: null, contacts: [{ contactId: "3", name: "Ana" }] });
  expect(asked).toEqual([{ address: "127.0.0.1", password: "pass of the database", values: ["0612345678"] }]);
  const { connectorId } = must(await admin.call("connectors.create", { body }));
  expect(must(await admin.call("connectors.get", { params: { connectorId } })).sql).toEqual(sql);
  // It finds callers, and proves nothing of them.
  expect(
    await runtime.features.connectors.withCode(home.companyId, connectorId, { key: "1042", code: "1" }),
  ).toBeNull();
  const removal = await admin.call("secrets.delete", { params: { name: "database" } });
  expect(removal).toMatchObject({ ok: false, error: { code: "inUse" } });
});
