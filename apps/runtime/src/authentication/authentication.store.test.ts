import type { ApiClient, Company, Contact } from "@cordboard/api";
import type { AskIdentityEffect, ContactFacts } from "@cordboard/node-kit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import type { AskingCall } from "./authentication.ts";

const clock = virtualClock();
const MINUTE_MS = 60_000;
/** Nothing else in the store is this number. */
const PIN = "86420975";
let runtime: TestRuntime;
let company: Company;
let supervisor: ApiClient;
let ana: Contact;
let calls = 0;

beforeAll(async () => {
  runtime = await startTestRuntime({ clock });
  company = await runtime.company("demo");
  supervisor = await runtime.user(company, "supervisor");
});
afterAll(() => runtime.close());
beforeEach(async () => {
  ana = must(await supervisor.call("contacts.create", { body: { ...blank, name: `Ana ${++calls}` } }));
  must(await supervisor.call("contacts.setPin", { params: { contactId: ana.contactId }, body: { pin: PIN } }));
});

const blank = {
  ...{ name: "", company: "", numbers: [], language: null, customerNumber: "", vip: false, blocked: false },
  ...{ preferredOperatorId: null, externalIds: [], fields: {}, notes: "" },
};

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const call = ({ from = "+33612345678" as string | null, known = true, id = `call_${calls}` } = {}): AskingCall => {
  const contact = { ...blank, contactId: ana.contactId, language: "", lastOperatorId: "" } as unknown as ContactFacts;
  const contacts = { source: "contacts", result: "found", matches: known ? 1 : 0, contacts: known ? [contact] : [] };
  return {
    ...{ _id: id, companyId: company.companyId, from, hidden: from === null, language: "fr-FR" },
    snapshot: { contacts } as unknown as AskingCall["snapshot"],
  };
};
const effect = (question: Partial<AskIdentityEffect["question"]>, entry = 7): AskIdentityEffect => ({
  ...{ type: "askIdentity", entry },
  question: { what: "check", by: "pin", source: "contacts", to: "", code: "", sent: null, ...question },
});
const ask = (question: Partial<AskIdentityEffect["question"]>, of = call(), entry?: number) =>
  runtime.features.askIdentity(of, effect(question, entry));

test("the PIN of the contact is right, another is not; who is not known, or has none, cannot be checked", async () => {
  expect(await ask({ code: PIN })).toBe("verified");
  expect(await ask({ code: "1234" })).toBe("wrong");
  expect(await ask({ code: PIN }, call({ known: false }))).toBe("unavailable");
  must(await supervisor.call("contacts.setPin", { params: { contactId: ana.contactId }, body: { pin: null } }));
  expect(await ask({ code: PIN })).toBe("unavailable");
});

test("a contact is seen to have a PIN, which nobody sees, and which is not what anybody would try first", async () => {
  const params = { contactId: ana.contactId };
  const read = must(await supervisor.call("contacts.get", { params }));
  expect(read.hasPin).toBe(true);
  expect(JSON.stringify(read)).not.toContain(PIN);
  for (const pin of ["0000", "123456", "9876"]) {
    expect(await supervisor.call("contacts.setPin", { params, body: { pin } })).toMatchObject({
      error: { code: "weakCode" },
    });
  }
});

test("wrong codes count across calls: then not even the right one is taken, until a quarter of an hour is over", async () => {
  for (const wrong of ["1", "2", "3", "4"]) expect(await ask({ code: wrong }, call({ id: wrong }))).toBe("wrong");
  expect(await ask({ code: "5" }, call({ id: "another" }))).toBe("locked");
  expect(await ask({ code: PIN }, call({ id: "the next" }))).toBe("locked");
  // A stranger who guesses locks nobody else out before long.
  expect(await ask({ code: PIN }, call({ from: "+33699999999" }))).toBe("verified");
  await clock.advance(16 * MINUTE_MS);
  expect(await ask({ code: PIN })).toBe("verified");
});

test("a code is sent by mail once, counts for this call and for ten minutes, and no other does", async () => {
  const to = `ana${calls}@example.com`;
  const one = call({ id: `call_mail_${calls}` });
  const sent = { entry: 7, at: clock.now() };
  expect(await ask({ what: "send", by: "mail", to }, one)).toBe("sent");
  // A process that is asked again after another one died.
  expect(await ask({ what: "send", by: "mail", to }, one)).toBe("sent");
  const mails = runtime.mails.filter((mail) => mail.to === to);
  expect(new Set(mails.map(({ mailId }) => mailId)).size).toBe(1);
  const [code = ""] = /\d{6}/.exec(mails[0]?.text ?? "") ?? [];
  // A subject is kept when the letter is gone.
  expect(mails[0]?.subject).not.toContain(code);
  expect(mails[1]?.text).toBe(mails[0]?.text);
  expect(await ask({ by: "mail", code, sent: null }, one)).toBe("wrong");
  expect(await ask({ by: "mail", code, sent }, call({ id: "another call" }))).toBe("wrong");
  expect(await ask({ by: "mail", code, sent }, one)).toBe("verified");
  await clock.advance(11 * MINUTE_MS);
  expect(await ask({ by: "mail", code, sent }, one)).toBe("wrong");
});

test("codes are not sent without end, nor to what is no address", async () => {
  expect(await ask({ what: "send", by: "mail", to: "not an address" })).toBe("unavailable");
  const results = [];
  for (let entry = 1; entry <= 6; entry += 1) {
    results.push(await ask({ what: "send", by: "mail", to: "many@example.com" }, call(), entry));
  }
  expect(results.at(0)).toBe("sent");
  expect(results.at(-1)).toBe("locked");
});

test("what was keyed, and the PIN, are in nothing that was written", async () => {
  const wrong = "97531864";
  await ask({ code: PIN });
  await ask({ code: wrong });
  const collections = await runtime.store.connection.listCollections();
  expect(collections.length).toBeGreaterThan(5);
  for (const { name } of collections) {
    const written = JSON.stringify(await runtime.store.connection.collection(name).find({}).toArray());
    for (const secret of [PIN, wrong]) expect(written, name).not.toContain(secret);
  }
});
