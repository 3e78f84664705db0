import type { ApiClient, Company, Operator, Questionnaire, RunChange, ScriptRun } from "@cordboard/api";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { recordAnswers } from "../call-records/call-notes.ts";
import { createRecorder } from "../call-records/recorder.ts";
import { deleteOldCalls } from "../call-records/retention.ts";
import { answeredLines, callIdOf, keepCall } from "../call-records/testing/kept-call.ts";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";
import { type CallCard, systemClock } from "../ports/index.ts";
import { standardCallbacks } from "../queues/index.ts";
import { scriptRunCollection } from "./model.ts";

let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;
let ines: Operator;
let theo: Operator;
let count = 0;

beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("guided");
  admin = await runtime.user(company, "admin");
  ines = await runtime.operator(company, "101", "Inès");
  theo = await runtime.operator(company, "102", "Théo");
});
afterAll(() => runtime.close());
beforeEach(() => {
  count += 1;
});

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const questionnaire = (text = "Which contract, {{contact.name}}?"): Questionnaire => ({
  steps: [
    {
      ...{ stepId: "who", title: "Who", say: "Hello {{contact.name}}, you call from {{caller}}." },
      questions: [
        {
          ...{ key: "contract", kind: "single", text, required: true },
          options: [
            { key: "home", label: "Home" },
            { key: "office", label: "Office" },
          ],
        },
      ],
      branches: [{ question: "contract", holds: "is", value: "home", to: "rooms" }],
      next: null,
    },
    {
      ...{ stepId: "rooms", title: "Rooms", say: "", branches: [], next: null },
      questions: [
        { key: "rooms", kind: "number", text: "How many rooms?", required: false, min: 1, max: 20, unit: "rooms" },
      ],
    },
  ],
});

const lea = "+33612345678";
const startedAt = Date.UTC(2024, 10, 23, 9);
const fieldsOf = (drawn: Questionnaire) => ({ name: `Guide ${count}`, url: null, window: null, questionnaire: drawn });

/** An operator who is in a call that has the company's script, or another card. */
async function inCall(operator: Operator, card: Partial<CallCard> & Pick<CallCard, "script">) {
  const client = runtime.client();
  must(
    await client.call("desk.signIn", { body: { company: company.code, code: operator.code, password: testPassword } }),
  );
  runtime.callCentre.change(company.companyId, operator.operatorId, {
    state: "talking",
    call: {
      ...{ callId: callIdOf(count), offerId: `offer_${"1".repeat(32)}`, queueId: null, callback: null },
      ...{
        acceptedAt: startedAt,
        answeredAt: startedAt,
        endedAt: null,
        outcome: null,
        note: "",
        noteRev: 0,
        muted: false,
      },
      card: {
        ...{ from: lea, hidden: false, callerName: null, to: "+33123456789", lineName: "Main", language: "fr-FR" },
        ...{ callStartedAt: startedAt, ...card },
      },
    },
  });
  return client;
}

const cardWith = (scriptId: string): Pick<CallCard, "script" | "contacts"> => ({
  script: {
    ...{ name: "Guide", url: null },
    guided: {
      scriptId,
      values: [
        { name: "contact.name", value: null },
        { name: "caller", value: lea },
      ],
    },
  },
  contacts: [
    {
      ...{ contactId: "contact_a", name: "Léa Martin", company: "", customerNumber: "", language: "fr-FR" },
      ...{ vip: false, blocked: false, notes: "", url: null },
      values: [
        { name: "contact.name", value: "Léa Martin" },
        { name: "caller", value: lea },
      ],
    },
  ],
});

const open = async (client: ApiClient, body: { contactId?: string } = {}) =>
  must(await client.call("desk.openScript", { params: { callId: callIdOf(count) }, body }));
const tell = async (client: ApiClient, scriptId: string, ...changes: RunChange[]) =>
  must(await client.call("desk.tellScript", { params: { callId: callIdOf(count), scriptId }, body: { changes } }));

let clicks = 0;
const answer = (key: string, value: string | number, seen: number): RunChange => {
  clicks += 1;
  return { kind: "answer", key, value, seen, givenAt: clicks };
};
const values = ({ answers }: ScriptRun) => answers.map(({ key, value, operatorName }) => [key, value, operatorName]);

async function recorded() {
  await keepCall(runtime.store.connection, {
    ...{ companyId: company.companyId, count, startedAt, endedAfterMs: 5_000, fields: { from: lea } },
  });
  const { told } = runtime.features.callRecords;
  const warn = (details: object) => expect.fail(JSON.stringify(details));
  const recorder = createRecorder({ connection: runtime.store.connection, told, clock: systemClock(), log: { warn } });
  await recorder.recordDue();
}

test("what is answered is kept at once, goes to whoever has the call next, and is told with the call in the words of then", async () => {
  const { scriptId } = must(await admin.call("scripts.create", { body: fieldsOf(questionnaire()) }));
  const first = await inCall(ines, cardWith(scriptId));
  const { current } = await open(first);
  expect(current?.questionnaire.steps[0]?.say).toBe(`Hello , you call from ${lea}.`);
  // She chooses which of the contacts it is.
  expect((await open(first, { contactId: "contact_a" })).current?.questionnaire.steps[0]?.say).toContain("Léa Martin");
  const { run } = await tell(first, scriptId, answer("contract", "home", 0), { kind: "next", from: "who", depth: 1 });
  expect(run.path).toEqual(["who", "rooms"]);

  // The script is drawn anew meanwhile: this call's stays as it is.
  const script = must(await admin.call("scripts.get", { params: { scriptId } }));
  const changed = fieldsOf(questionnaire("Something else?"));
  must(await admin.call("scripts.change", { params: { scriptId }, body: { ...changed, rev: script.rev } }));

  // Passed on to a colleague whose queue has no script of its own.
  const second = await inCall(theo, { script: null });
  const theirs = (await open(second)).current;
  expect(theirs?.path).toEqual(["who", "rooms"]);
  expect(theirs && values(theirs)).toEqual([["contract", "home", "Inès"]]);
  const done = await tell(second, scriptId, answer("rooms", 4, theirs?.rev ?? 0), {
    ...{ kind: "next", from: "rooms", depth: 2 },
  });
  expect(done.run.finished).toBe(true);

  await recorded();
  const { scripts } = must(await admin.call("calls.get", { params: { callId: callIdOf(count) } }));
  expect(scripts).toMatchObject([
    {
      ...{ scriptId, name: `Guide ${count}`, scriptRev: 1, finishedAt: expect.any(String) },
      answers: [
        { key: "contract", question: "Which contract, Léa Martin?", labels: ["Home"], operatorName: "Inès" },
        { key: "rooms", step: "Rooms", value: 4, unit: "rooms", operatorName: "Théo" },
      ],
    },
  ]);
  // Whoever copies it to a report gets it once it has been still for a moment.
  await scriptRunCollection(runtime.store.connection).updateMany({}, { $set: { changedAt: startedAt } });
  const rows = await admin.call("exports.answers", {
    query: { from: new Date(startedAt).toISOString(), format: "csv" },
  });
  expect(Buffer.from(must(rows)).toString()).toContain("contract: Home, rooms: 4");
});

test("told late, after the call, from who led it; a colleague's newer answer stands; nobody else's call is told of", async () => {
  const { scriptId } = must(await admin.call("scripts.create", { body: fieldsOf(questionnaire()) }));
  const first = await inCall(ines, cardWith(scriptId));
  await open(first);
  const second = await inCall(theo, cardWith(scriptId));
  await open(second);
  await tell(second, scriptId, answer("contract", "office", 0));
  // Inès' connection was away; her call is over when it comes back.
  runtime.callCentre.change(company.companyId, ines.operatorId, { state: "available", call: null });
  const late = await tell(
    first,
    scriptId,
    answer("contract", "home", 0),
    answer("rooms", 3, 0),
    answer("rooms", 99, 0),
  );
  expect(late.refused).toEqual([
    { key: "contract", why: "answeredMeanwhile", operatorName: "Théo" },
    { key: "rooms", why: "invalid", operatorName: null },
  ]);
  expect(values(late.run)).toEqual([
    ["contract", "office", "Théo"],
    ["rooms", 3, "Inès"],
  ]);
  const params = { callId: callIdOf(count), scriptId };
  const notYours = { ok: false, error: { code: "notYourCall" } };
  expect(await first.call("desk.openScript", { params, body: {} })).toMatchObject(notYours);
  const stranger = runtime.client();
  await runtime.operator(company, "103", "Otto");
  must(await stranger.call("desk.signIn", { body: { company: company.code, code: "103", password: testPassword } }));
  const changes = [answer("rooms", 1, 9)];
  expect(await stranger.call("desk.tellScript", { params, body: { changes } })).toMatchObject(notYours);
});

test("a call is found by what was answered in it, at once and when it was told late, and reports count it", async () => {
  const { connection } = runtime.store;
  // What is no longer kept is not counted any more.
  const recently = Date.now() - 3 * 86_400_000;
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  const { scriptId } = must(await admin.call("scripts.create", { body: fieldsOf(questionnaire()) }));
  const { queueId } = await runtime.features.queues.create(systemScope(company.companyId), {
    ...{ name: `Queue ${count}`, operatorIds: [], order: "longestIdle", offerMs: 20_000, wrapUpMs: null },
    ...{ refusalAllowed: true, missedMeansPause: true, askAgainMs: 0, askAgainAloneMs: 0, scriptId: null },
    callbacks: standardCallbacks,
  });
  const client = await inCall(ines, cardWith(scriptId));
  await open(client);
  await tell(client, scriptId, answer("contract", "office", 0));
  const callId = callIdOf(count);
  const found = async (query: string) =>
    must(await admin.call("calls.list", { query: { answer: query } })).items.map((call) => call.callId);
  const lines = answeredLines(ines.operatorId, queueId);
  await keepCall(connection, {
    ...{ companyId: company.companyId, count, startedAt: recently, lines, endedAfterMs: 90_000, fields: { from: lea } },
  });
  // Not recorded yet.
  expect(await found(`${scriptId}|contract|office`)).toEqual([callId]);
  const { told } = runtime.features.callRecords;
  const warn = (details: object) => expect.fail(JSON.stringify(details));
  const { reports } = runtime.features;
  await createRecorder({
    connection,
    told,
    clock: systemClock(),
    log: { warn },
    onRecorded: reports.recorded,
  }).recordDue();
  const counted = async (only = scriptId) => {
    const query = { from: dayOf(recently - 86_400_000), to: dayOf(recently + 86_400_000), only };
    const { rows } = must(await admin.call("reports.get", { params: { report: "answers" }, query }));
    return rows.map(({ of, name, figures }) => [of, name, figures.answeredQuestion ?? figures.given]);
  };
  const question = `Guide ${count} · Which contract, …?`;
  const office = [
    [question, "", 1],
    [question, "Office", 1],
  ];
  expect(await counted()).toEqual(office);

  // It was another one, they say in the wrap-up.
  await tell(client, scriptId, answer("contract", "home", 1), { kind: "next", from: "who", depth: 1 });
  await tell(client, scriptId, answer("rooms", 4, 1));
  await recordAnswers(connection, (record) => reports.recorded([record]));
  expect(await found(`${scriptId}|contract|office`)).toEqual([]);
  expect(await found(`${scriptId}|contract`)).toEqual([callId]);
  expect(await found(`${scriptId}|rooms|4`)).toEqual([callId]);
  const rooms = `Guide ${count} · How many rooms?`;
  const home = [
    [rooms, "", 1],
    [rooms, "4", 1],
    [question, "", 1],
    [question, "Home", 1],
  ];
  expect(await counted()).toEqual(home);
  expect(await counted(`${queueId},${scriptId}|contract`)).toEqual(home.slice(2));
  expect(await counted(`${queueId},${theo.operatorId}`)).toEqual([]);
  const bad = await admin.call("calls.list", { query: { answer: "contract" } });
  expect(bad).toMatchObject({ ok: false, error: { code: "requestInvalid" } });
});

test("many answers at once: none is lost", async () => {
  const { scriptId } = must(await admin.call("scripts.create", { body: fieldsOf(questionnaire()) }));
  const first = await inCall(ines, cardWith(scriptId));
  const second = await inCall(theo, cardWith(scriptId));
  await Promise.all([open(first), open(first), open(second)]);
  await Promise.all([
    tell(first, scriptId, answer("contract", "home", 0)),
    tell(second, scriptId, answer("rooms", 2, 0)),
    tell(first, scriptId, { kind: "next", from: "who", depth: 1 }),
  ]);
  const { current } = await open(first);
  expect(current && values(current).sort()).toEqual([
    ["contract", "home", "Inès"],
    ["rooms", 2, "Théo"],
  ]);
});

test("goes with the person: given out, erased; and with the call when it is kept no longer", async () => {
  const { scriptId } = must(await admin.call("scripts.create", { body: fieldsOf(questionnaire()) }));
  const { connection } = runtime.store;
  const { companyId } = company;
  const kept = async () =>
    JSON.stringify(
      await scriptRunCollection(connection)
        .find({ companyId, callId: callIdOf(count) })
        .toArray(),
    );
  const client = await inCall(ines, cardWith(scriptId));
  await open(client, { contactId: "contact_a" });
  await tell(client, scriptId, answer("contract", "home", 0));
  await recorded();
  const body = { number: lea };
  expect(JSON.stringify(must(await admin.call("personalData.export", { body })).calls)).toContain(
    "Which contract, Léa",
  );
  expect(await kept()).toContain("Léa");
  must(await admin.call("personalData.erase", { body }));
  expect(await kept()).toBe("[]");
  // What the browser still had is not kept for who was erased.
  const changes = [answer("rooms", 1, 9)];
  const params = { callId: callIdOf(count), scriptId };
  runtime.callCentre.change(companyId, ines.operatorId, { state: "available", call: null });
  expect(await client.call("desk.tellScript", { params, body: { changes } })).toMatchObject({
    error: { code: "notYourCall" },
  });

  count += 1;
  const again = await inCall(ines, cardWith(scriptId));
  await open(again);
  await recorded();
  await deleteOldCalls(connection, companyId, { days: 1, now: startedAt + 2 * 86_400_000, stopped: () => false });
  // It was begun today, whenever its call is said to have been.
  expect(await kept()).toBe("[]");
});

test("a questionnaire that leads nowhere is refused with what is wrong, as is one beside an address", async () => {
  const drawn = questionnaire();
  const lost = { steps: drawn.steps.map((step) => ({ ...step, next: "gone" })) };
  const refused = await admin.call("scripts.create", { body: fieldsOf(lost) });
  expect(refused).toMatchObject({ error: { code: "questionnaireRefused", status: 422 } });
  expect(!refused.ok && refused.error.message).toContain("leads to a step that does not exist (“gone”)");
  const both = { ...fieldsOf(drawn), url: "https://crm.example/" };
  expect(await admin.call("scripts.create", { body: both })).toMatchObject({ error: { code: "requestInvalid" } });
  const neither = { name: "Nothing", url: null, window: null };
  expect(await admin.call("scripts.create", { body: neither })).toMatchObject({ error: { code: "requestInvalid" } });
  const made = await runtime.features.scripts.create(systemScope(company.companyId), fieldsOf(drawn));
  expect(made.parameters).toEqual(["contact.name", "caller"]);
});
