import type { ContactFacts, FoundContacts } from "@cordboard/node-kit";
import { expect, test } from "vitest";
import { UserError } from "../errors/index.ts";
import { type CallCardsGiven, createCallCards, type ShownOfCall } from "./call-card.ts";

const call: ShownOfCall = {
  _id: "call_1",
  companyId: "co_1",
  from: "+33612345678",
  hidden: false,
  callerName: "Ana Lima",
  to: "+33143670903",
  lineName: "Main",
  language: "en-GB",
  startedAt: 1_000,
  queue: { queueId: "queue_sales" },
  script: null,
};

function cards(given: Partial<CallCardsGiven> = {}) {
  const asked: unknown[] = [];
  const cardOf = createCallCards({
    queues: { get: async () => ({ scriptId: "script_contact" }) },
    scripts: {
      opener: async (_scope, id) => ({
        ...{ name: "Contact", window: null, place: "tab", guided: null },
        open: (caller, parameters) => {
          asked.push({ id, caller, parameters });
          return `https://crm.example.com/${caller}/${parameters["contact.id"] ?? ""}`;
        },
      }),
    },
    contactLookUp: { byNumber: async () => null },
    contactFinder: { these: async () => [] },
    ...given,
  });
  return { cardOf, asked };
}

test("the queue's script opens with what is known of the call", async () => {
  const { cardOf, asked } = cards();
  expect(await cardOf(call)).toMatchObject({ from: "+33612345678", script: { name: "Contact" } });
  expect(asked).toEqual([
    {
      id: "script_contact",
      caller: "unknown",
      parameters: expect.objectContaining({ caller: "+33612345678", line: "Main" }),
    },
  ]);
});

test("a hidden caller's number and name are in none of it", async () => {
  const { cardOf, asked } = cards();
  const card = await cardOf({ ...call, hidden: true });
  expect(JSON.stringify({ card, asked })).not.toMatch(/612345678|Ana/);
});

test("a queue that was deleted meanwhile costs the script, not the place in line", async () => {
  const get = () => Promise.reject(new UserError("notFound", { what: "queue" }));
  expect(await cards({ queues: { get } }).cardOf(call)).toMatchObject({ from: "+33612345678", script: null });
});

test("a store that does not answer is asked again by whoever wants the card", async () => {
  const get = () => Promise.reject(new Error("connection lost"));
  await expect(cards({ queues: { get } }).cardOf(call)).rejects.toThrow("connection lost");
});

const ana: ContactFacts = {
  ...{
    contactId: "contact_a",
    name: "Ana Lima",
    company: "Lima",
    language: "fr-FR",
    customerNumber: "1042",
    vip: true,
  },
  ...{ blocked: false, preferredOperatorId: "", lastOperatorId: "", fields: {}, externalIds: {} },
};
const bea = { ...ana, contactId: "contact_b", name: "Béa Lima" };
const found = (...contacts: readonly ContactFacts[]): FoundContacts => ({
  ...{ source: "contacts", result: contacts.length > 1 ? "several" : "found", matches: contacts.length, contacts },
});

test("whom the flow found is on the card, and their file opens", async () => {
  const card = await cards().cardOf({ ...call, found: found(ana) });
  expect(card.contacts).toMatchObject([{ name: "Ana Lima", company: "Lima", vip: true }]);
  expect(card.script).toMatchObject({ url: "https://crm.example.com/known/contact_a" });
});

test("where the flow did not look, the number says who it is", async () => {
  const byNumber = async () => found(ana);
  const card = await cards({ contactLookUp: { byNumber } }).cardOf(call);
  expect(card.contacts).toMatchObject([{ name: "Ana Lima" }]);
});

test("several are a choice: each has a file of its own, and none is named to the list", async () => {
  const { cardOf, asked } = cards();
  const card = await cardOf({ ...call, found: found(ana, bea) });
  expect(card.contacts?.map(({ url }) => url)).toEqual([
    "https://crm.example.com/known/contact_a",
    "https://crm.example.com/known/contact_b",
  ]);
  expect(card.script).toMatchObject({ url: "https://crm.example.com/several/" });
  expect(asked.at(-1)).toMatchObject({ parameters: { "contacts.ids": "contact_a,contact_b", "contacts.count": "2" } });
});

test("a hidden number finds nobody, and opens as such", async () => {
  const { cardOf, asked } = cards();
  expect(await cardOf({ ...call, from: null, hidden: true })).toMatchObject({ contacts: [], contactMatches: 0 });
  expect(asked).toMatchObject([{ caller: "hidden" }]);
});

test("a questionnaire brings what its texts name, of the call and of each contact that fits", async () => {
  const opener = async () => ({
    ...{ name: "Guide", window: null, place: "tab" as const, guided: ["caller", "contact.name", "toString", "plan"] },
    open: () => null,
  });
  const { cardOf } = cards({ scripts: { opener } });
  const script = { scriptId: "script_guide", parameters: { plan: "gold" } };
  const card = await cardOf({ ...call, script, found: found(ana, bea) });
  expect(card.script).toEqual({
    ...{ name: "Guide", url: null, window: null, place: "panel" },
    guided: {
      scriptId: "script_guide",
      values: [
        { name: "caller", value: "+33612345678" },
        { name: "contact.name", value: null },
        { name: "toString", value: null },
        { name: "plan", value: "gold" },
      ],
    },
  });
  expect(card.contacts?.map(({ values }) => values?.[1]?.value)).toEqual(["Ana Lima", "Béa Lima"]);
  expect(JSON.stringify((await cardOf({ ...call, hidden: true, script })).script)).not.toContain("612345678");
});
