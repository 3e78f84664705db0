import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { AgentOffer, ConnectorFields, ContactFields } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Caller, startCaller } from "../support/caller.ts";
import { type Drawing, documentOf } from "../support/drawn-flow.ts";
import { type Exchange, must, startExchange } from "../support/exchange.ts";
import { type HeardWords, hearWords } from "../support/heard-words.ts";
import type { OperatorClient } from "../support/operator-client.ts";
import { until } from "../support/until.ts";

/** Callers who are recognised, from the number that jambonz gives to what opens at the operator's desk; and those who are not. */
let exchange: Exchange;
let words: HeardWords;
let ines: OperatorClient;
let queueId = "";
let placed = 0;

const crm = "https://crm.example";

beforeAll(async () => {
  exchange = await startExchange();
  words = hearWords(exchange.simulator);
  const script = {
    name: "CRM",
    url: `${crm}/contact/{{contact.external.crm}}?last={{last}}`,
    urlSeveral: `${crm}/find?ids={{contacts.customerNumbers}}`,
    urlUnknown: `${crm}/new?number={{caller}}&line={{line}}`,
    window: "crm",
  };
  const { scriptId } = must(await exchange.admin.call("scripts.create", { body: script }));
  const operators = must(await exchange.admin.call("operators.list")).items;
  const first = operators.find(({ code }) => code === "101");
  const body = {
    ...{ name: "Known callers", operatorIds: [first?.operatorId ?? ""], order: "fixed" as const, offerMs: 20_000 },
    ...{ wrapUpMs: null, refusalAllowed: true, missedMeansPause: true, askAgainMs: 60_000, askAgainAloneMs: 10_000 },
    ...{ scriptId, callbacks: { most: null, attempts: 3, retryMs: 900_000, scheduleId: null } },
  };
  queueId = must(await exchange.admin.call("queues.create", { body })).queueId;
  for (const contact of contacts)
    must(await exchange.admin.call("contacts.create", { body: { ...blank, ...contact } }));
  await serve("known", looking("contacts", scriptId), "+33142790001");
  ines = await exchange.signIn(101);
}, 60_000);
afterAll(() => exchange.close());

const blank = {
  ...{ company: "", numbers: [], language: null, customerNumber: "", vip: false, blocked: false },
  ...{ preferredOperatorId: null, externalIds: [], fields: {}, notes: "" },
} satisfies Omit<ContactFields, "name">;

const contacts: readonly (Partial<ContactFields> & { readonly name: string })[] = [
  {
    ...{ name: "Ana Lima", company: "Cafés Lima", numbers: ["06 55 00 00 01"], language: "en-GB", vip: true },
    ...{ notes: "Prefers to be called back in the afternoon.", externalIds: [{ system: "crm", id: "A/1" }] },
  },
  { name: "Bea Roy", numbers: ["06 55 00 00 02"], customerNumber: "B-1", externalIds: [{ system: "crm", id: "B1" }] },
  { name: "Carl Roy", numbers: ["06 55 00 00 02"], customerNumber: "C-1", externalIds: [{ system: "crm", id: "C1" }] },
  { name: "Nuisance", numbers: ["06 55 00 00 03"], blocked: true },
];

/** Whoever is not blocked waits for an operator; what the flow knows goes with the call. */
function looking(source: string, scriptId: string): Drawing {
  const hunt = {
    ...{ queue: queueId, priority: 0, announcement: "wait", holdMusic: [], maxWaitMs: null, leaveWhenUnstaffed: false },
    ...{ ringMs: 10_000, ringMusic: null },
  };
  const parameters = [{ name: "last", value: "{{ contact.lastOperatorId }}" }];
  return {
    nodes: {
      look: ["lookup", { source, by: "number", value: "", speakLanguage: true }],
      pop: ["screenPop", { script: scriptId, parameters }],
      desk: ["hunt", hunt],
    },
    edges: [
      ["look", "found", "pop"],
      ["look", "several", "pop"],
      ["look", "none", "pop"],
      ["look", "blocked", "to_no"],
      ["look", "failed", "to_other"],
      ["pop", "done", "desk"],
      ["desk", "ended", "to_yes"],
    ],
  };
}

async function serve(flowId: string, drawing: Drawing, number: string) {
  const body = { document: documentOf(flowId, drawing), note: "" };
  must(await exchange.admin.call("flows.publish", { params: { flowId }, body }));
  must(
    await exchange.admin.call("lines.create", {
      body: { name: flowId, number, flowId, queueId: null, language: null },
    }),
  );
}

function call(from: string, to = "+33142790001"): Caller {
  placed += 1;
  return startCaller(exchange, words, { name: `caller ${placed}`, from, to });
}

async function offered(): Promise<AgentOffer> {
  const { offer } = await ines.waitFor((view) => view.offer !== null, "an offer");
  if (!offer) throw new Error("no offer");
  return offer;
}

/** The caller gives up; the operator waits for the next. */
async function leave(caller: Caller): Promise<void> {
  caller.hangUp();
  await ines.waitFor((view) => view.offer === null && view.state === "available", "the offer to be withdrawn");
}

test("a known caller is spoken to in their language; their name, notes and file are there; next time whoever talked to them is known", async () => {
  const ana = call("+33655000001");
  await ana.hears("stillWaiting.en");
  const { card } = await offered();
  expect(card).toMatchObject({
    language: "en-GB",
    contacts: [
      { name: "Ana Lima", company: "Cafés Lima", vip: true, notes: "Prefers to be called back in the afternoon." },
    ],
    script: { name: "CRM", url: `${crm}/contact/A%2F1?last=`, window: "crm", place: "tab" },
  });
  expect((await ines.accept()).status).toBe(200);
  await exchange.story.waitFor("11", "ringing");
  exchange.telephones.answer("11");
  await ana.hears("bridged");
  exchange.telephones.hangup("11");
  await ines.waitFor(({ state }) => state === "wrapUp", "wrap-up");
  await ines.ready();
  const { text } = await ana.trace();
  expect(text).toContain("contact.answered");
  // Who it is stays with the contact.
  expect(text).not.toContain("Ana Lima");
  const recorded = async () =>
    must(await exchange.admin.call("calls.list", { query: { number: "+33655000001", result: "answered" } })).items[0];
  await until(recorded, "the call to be recorded");
  await until(() => exchange.collection("callRecords").findOne({ from: "+33655000001" }), "the record to be kept");
  const again = call("+33655000001");
  expect((await offered()).card.script?.url).toBe(`${crm}/contact/A%2F1?last=${ines.operatorId}`);
  await leave(again);
});

test("several fit: a list opens, and each has a file of its own to choose", async () => {
  const caller = call("+33655000002");
  const { card } = await offered();
  expect(card.contacts.map(({ name, url }) => [name, url])).toEqual([
    ["Bea Roy", `${crm}/contact/B1?last=`],
    ["Carl Roy", `${crm}/contact/C1?last=`],
  ]);
  expect(card.script?.url).toBe(`${crm}/find?ids=B-1%2CC-1`);
  await leave(caller);
});

test("an unknown caller gets a new file that is filled in; a blocked one goes their own way", async () => {
  const caller = call("+33655000009");
  const { card } = await offered();
  expect(card).toMatchObject({
    contacts: [],
    contactMatches: 0,
    script: { url: `${crm}/new?number=%2B33655000009&line=known` },
  });
  await leave(caller);
  await call("+33655000003").hears("noOneSignedIn.fr");
});

test("a hidden number is nobody: no contact, no file, old or new", async () => {
  const caller = call("anonymous");
  const { card } = await offered();
  expect(card).toMatchObject({ hidden: true, from: null, contacts: [], script: null });
  await leave(caller);
});

test("a connector is asked while the caller waits; one that does not answer costs them a moment, and the flow goes on", async () => {
  let broken = false;
  const server = createServer((_request, response) => {
    if (broken) return;
    response.end(JSON.stringify({ people: [{ id: "z", full: "Zoé of the CRM", lang: "en" }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { rev } = must(await exchange.admin.call("integration.get"));
    const listing = { frameOrigins: [], privateHosts: ["127.0.0.1"], rev };
    must(await exchange.admin.call("integration.change", { body: listing }));
    const connector: ConnectorFields = {
      ...{ name: "CRM", method: "GET", headers: [], body: null, timeoutMs: 400 },
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/people?phone={{key}}`,
      mapping: {
        ...{ list: "/people", id: "/id", name: "/full", company: null, language: "/lang", customerNumber: null },
        ...{ vip: null, blocked: null, preferredOperator: null, notes: null, fields: {} },
      },
    };
    const { connectorId } = must(await exchange.admin.call("connectors.create", { body: connector }));
    const [script] = must(await exchange.admin.call("scripts.list")).items.filter(({ name }) => name === "CRM");
    await serve("asks-crm", looking(connectorId, script?.scriptId ?? ""), "+33142790002");
    expect(await exchange.admin.call("connectors.delete", { params: { connectorId } })).toMatchObject({
      error: { code: "inUse" },
    });
    const zoe = call("+33655000020", "+33142790002");
    await zoe.hears("stillWaiting.en");
    expect((await offered()).card.contacts).toMatchObject([{ name: "Zoé of the CRM" }]);
    await leave(zoe);
    broken = true;
    const unlucky = call("+33655000021", "+33142790002");
    await unlucky.hears("nobodyAnswers.fr");
    expect((await unlucky.trace()).kinds).toContain("note.contactUnanswered");
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
