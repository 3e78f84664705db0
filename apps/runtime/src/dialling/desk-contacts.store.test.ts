import type { ApiClient, Company } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";

/** What an operator finds of the company's contacts at the desk. */
let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;
let desk: ApiClient;

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const blank = {
  ...{ company: "", numbers: [] as string[], language: null, customerNumber: "", vip: false, blocked: false },
  ...{ preferredOperatorId: null, externalIds: [] as { system: string; id: string }[], fields: {}, notes: "secret" },
};
const add = (fields: Partial<typeof blank> & { name: string }, by = admin) =>
  by.call("contacts.create", { body: { ...blank, ...fields } });

beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("seek");
  admin = await runtime.user(company, "admin");
  await runtime.operator(company, "101", "Inès");
  desk = runtime.client();
  must(await desk.call("desk.signIn", { body: { company: company.code, code: "101", password: testPassword } }));
  const crm = { system: "crm", id: "C-4711/é" };
  must(await add({ name: "Zoé Durand", company: "Alpha", numbers: ["06 12 34 56 78"], externalIds: [crm], vip: true }));
  must(await add({ name: "Yann Le Bihan", customerNumber: "K-900", numbers: [] }));
  const other = await runtime.company("other");
  must(await add({ name: "Zoé Lointaine" }, await runtime.user(other, "admin")));
});
afterAll(() => runtime.close());

const seek = async (search: string) => must(await desk.call("desk.contacts", { query: { search } }));
const names = async (search: string) => (await seek(search)).items.map(({ name }) => name);

test("contacts are found by name, company, number, customer number and the id of another system, in this company alone", async () => {
  for (const search of ["zoe", "durand", "alpha", "0612345678", "06 12 34", "C-4711/é"]) {
    expect(await names(search), search).toEqual(["Zoé Durand"]);
  }
  expect(await names("k900")).toEqual(["Yann Le Bihan"]);
  expect(await names("nobody")).toEqual([]);
});

test("what is shown is what a call needs; notes and everything else stay", async () => {
  const [found] = (await seek("durand")).items;
  expect(found).toMatchObject({
    ...{ company: "Alpha", vip: true, blocked: false, file: null },
    numbers: [{ number: "+33612345678", numberText: "06 12 34 56 78" }],
  });
  expect(JSON.stringify(found)).not.toContain("secret");
});

test("the file is that of the dialled calls' script, with the contact in its address", async () => {
  const url = "https://crm.example/?id={{ contact.external.crm }}&name={{ contact.name }}&call={{ call }}";
  const script = must(
    await admin.call("scripts.create", { body: { name: "CRM", url, window: null, place: "tab" } as never }),
  );
  const { rev, ...rules } = must(await admin.call("dialling.get"));
  const { scriptId } = script;
  must(await admin.call("dialling.change", { body: { ...rules, scriptId, rev } as never }));
  const [found] = (await seek("durand")).items;
  expect(found?.file).toEqual({
    name: "CRM",
    url: "https://crm.example/?id=C-4711%2F%C3%A9&name=Zo%C3%A9%20Durand&call=",
  });
});

test("no more than a dozen are shown, and that there are more is said; one letter finds nothing", async () => {
  for (let count = 1; count <= 13; count += 1) must(await add({ name: `Martin ${String(count).padStart(2, "0")}` }));
  const found = await seek("martin");
  expect([found.items.length, found.more]).toEqual([12, true]);
  expect((await desk.call("desk.contacts", { query: { search: "m" } })).ok).toBe(false);
  // Who is no operator has the page of the contacts.
  expect((await admin.call("desk.contacts", { query: { search: "martin" } })).ok).toBe(false);
});
