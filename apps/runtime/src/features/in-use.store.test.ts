import type { ApiClient, Company } from "@cordboard/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";

/** Whatever is in use is not deleted: the refusal names every place, by kind and name, and the thing is still there. */
let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;

beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("demo");
  admin = await runtime.user(company, "admin");
});
afterAll(() => runtime.close());

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

let made = 0;
const unique = (name: string) => `${name} ${++made}`;

const queue = (more: { operatorIds?: string[]; scriptId?: string } = {}) => ({
  ...{ name: unique("Queue"), operatorIds: [], order: "longestIdle" as const, offerMs: 20_000, wrapUpMs: null },
  ...{ refusalAllowed: true, missedMeansPause: true, askAgainMs: 60_000, askAgainAloneMs: 10_000, scriptId: null },
  callbacks: { most: null, attempts: 3, retryMs: 900_000, scheduleId: null },
  ...more,
});
const createQueue = async (more = {}) => must(await admin.call("queues.create", { body: queue(more) }));
const createScript = async () =>
  must(
    await admin.call("scripts.create", { body: { name: unique("Script"), url: "https://crm.example/", window: null } }),
  );
const createTelephone = async () =>
  must(
    await admin.call("telephones.create", {
      body: { name: unique("Desk"), target: { kind: "user", name: `t${made}` } },
    }),
  );
const createBox = async (more: { queueId?: string; operatorIds?: string[] } = {}) =>
  must(
    await admin.call("voicemailBoxes.create", {
      body: { name: unique("Box"), queueId: null, operatorIds: [], retentionDays: 30, ...more },
    }),
  );
const createOperator = (code: string) => runtime.operator(company, code, `Operator ${code}`);
const week = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const createSchedule = async () =>
  must(await admin.call("schedules.create", { body: { name: unique("Hours"), timeZone: null, week, holidays: [] } }));
const createLine = async (more: { queueId?: string; flowId?: string }) =>
  must(
    await admin.call("lines.create", {
      body: {
        name: unique("Line"),
        number: `+3314278${2000 + made}`,
        flowId: null,
        queueId: null,
        language: null,
        ...more,
      },
    }),
  );

/** A flow with one node, published where it can be; else a draft. */
async function createFlow(node: { type: string; config: object }, more: { prompts?: object; publish?: boolean } = {}) {
  const name = unique("Flow");
  const flowId = name.toLowerCase().replace(" ", "-");
  const document = {
    formatVersion: 1,
    ...{ id: flowId, name, languages: ["fr-FR"], entry: "n1" },
    ...{ prompts: more.prompts ?? {}, nodes: [{ id: "n1", name: "The node", typeVersion: 1, ...node }], edges: [] },
  };
  must(await admin.call("flows.create", { body: { name, flowId, document } }));
  if (more.publish) must(await admin.call("flows.publish", { params: { flowId }, body: { document, note: "" } }));
  return { flowId, name };
}

const inUse = (...uses: readonly { kind: string; name: string; draft?: boolean }[]) => ({
  ok: false,
  error: { code: "inUse", status: 409, details: { uses: uses.map((use) => expect.objectContaining(use)) } },
});

function names(answer: { ok: boolean; error?: { message: string } }, ...expected: readonly string[]) {
  for (const name of expected) expect(answer.error?.message).toContain(name);
}

test("a queue: lines, flows, voicemail boxes", async () => {
  const { queueId, name } = await createQueue();
  const line = await createLine({ queueId });
  const flow = await createFlow({
    type: "hunt",
    config: {
      ...{ queue: queueId, priority: 0, announcement: null, holdMusic: [], maxWaitMs: null, leaveWhenUnstaffed: false },
      ...{ ringMs: 20_000, ringMusic: null },
    },
  });
  const box = await createBox({ queueId });
  const refused = await admin.call("queues.delete", { params: { queueId } });
  expect(refused).toMatchObject(
    inUse(
      { kind: "line", name: line.name },
      { kind: "flow", name: flow.name, draft: true },
      { kind: "voicemailBox", name: box.name },
    ),
  );
  names(refused, line.name, flow.name, box.name);
  expect(must(await admin.call("queues.get", { params: { queueId } })).name).toBe(name);
});

test("a schedule: flows that ask it", async () => {
  const { scheduleId } = await createSchedule();
  const flow = await createFlow({ type: "hours", config: { schedule: scheduleId } });
  const refused = await admin.call("schedules.delete", { params: { scheduleId } });
  expect(refused).toMatchObject(inUse({ kind: "flow", name: flow.name, draft: true }));
});

test("a prompt: flows that say it, also where only a published version does", async () => {
  const body = { name: unique("Prompt"), texts: { "fr-FR": "Bonjour." }, replaces: null };
  const { promptId } = must(await admin.call("prompts.create", { body }));
  const said = { p1: { texts: { "fr-FR": "Bonjour." }, library: promptId } };
  const flow = await createFlow({ type: "hangup", config: { prompt: "p1" } }, { prompts: said, publish: true });
  expect(await admin.call("prompts.delete", { params: { promptId } })).toMatchObject(
    inUse({ kind: "flow", name: flow.name }),
  );
});

test("a prompt and a voicemail box: queues whose callers hear it, or may leave a message in it", async () => {
  const body = { name: unique("Prompt"), texts: { "fr-FR": "Bonjour." }, replaces: null };
  const [music, advert, closed] = [1, 2, 3].map(async (of) =>
    must(await admin.call("prompts.create", { body: { ...body, name: `${body.name}.${of}` } })),
  );
  const ids = await Promise.all([music, advert, closed].map(async (one) => (await one)?.promptId ?? ""));
  const { boxId } = await createBox();
  const [holdMusic = "", adverts = "", promptId = ""] = ids;
  const { queueId, name, rev, ...fields } = await createQueue({
    music: { holdMusic: [holdMusic], adverts: [adverts], advertEveryMs: 60_000 },
    opening: { scheduleId: null, promptId, boxId },
  });
  for (const id of ids) {
    expect(await admin.call("prompts.delete", { params: { promptId: id } })).toMatchObject(
      inUse({ kind: "queue", name }),
    );
  }
  expect(await admin.call("voicemailBoxes.delete", { params: { boxId } })).toMatchObject(
    inUse({ kind: "queue", name }),
  );
  // What a client leaves out of a change stays as it was.
  const { music: _, opening: _opening, ...older } = fields;
  const change = { params: { queueId }, body: { ...older, name, rev } };
  expect(must(await admin.call("queues.change", change))).toMatchObject({
    music: fields.music,
    opening: fields.opening,
  });
  for (const gone of [
    { music: { holdMusic: [boxId], adverts: [], advertEveryMs: null } },
    { opening: { scheduleId: null, promptId: null, boxId: queueId } },
  ]) {
    expect(await admin.call("queues.create", { body: { ...queue(), ...gone } })).toMatchObject({
      error: { code: "notFound" },
    });
  }
});

test("a script: queues and flows that open it", async () => {
  const { scriptId } = await createScript();
  const serving = await createQueue({ scriptId });
  const flow = await createFlow({ type: "screenPop", config: { script: scriptId, parameters: [] } });
  const refused = await admin.call("scripts.delete", { params: { scriptId } });
  expect(refused).toMatchObject(
    inUse({ kind: "queue", name: serving.name }, { kind: "flow", name: flow.name, draft: true }),
  );
});

test("a telephone: who holds it, flows that ring it, the company's switchboard", async () => {
  const { telephoneId } = await createTelephone();
  const holder = await createOperator("401");
  runtime.callCentre.change(company.companyId, holder.operatorId, { shiftId: "shift_1", telephoneId });
  const target = { kind: "telephone", telephoneId };
  const flow = await createFlow({ type: "transfer", config: { target, ringMs: 20_000, music: null } });
  const { companyId, code, ...fields } = must(await admin.call("company.get"));
  must(await admin.call("company.change", { body: { ...fields, switchboardTelephoneId: telephoneId } }));
  const refused = await admin.call("telephones.delete", { params: { telephoneId } });
  expect(refused).toMatchObject(
    inUse(
      { kind: "operator", name: "Operator 401" },
      { kind: "company", name: fields.name },
      { kind: "flow", name: flow.name, draft: true },
    ),
  );
});

test("a voicemail box: flows that record for it, messages in it", async () => {
  const { boxId } = await createBox();
  const flow = await createFlow({
    type: "voicemail",
    config: {
      ...{ box: boxId, greeting: null, beep: true, finishOnKey: "#", maxMs: 60_000, minMs: 2_000, silenceMs: null },
      ...{ attempts: 1, tooShortPrompt: null, review: false, reviewPrompt: null, patienceMs: 5_000 },
    },
  });
  await runtime.store.connection
    .collection<{ _id: string }>("messages")
    .insertOne({ _id: `msg_${"7".repeat(32)}`, ...{ companyId: company.companyId, boxId, state: "new" } });
  expect(await admin.call("voicemailBoxes.delete", { params: { boxId } })).toMatchObject(
    inUse({ kind: "flow", name: flow.name, draft: true }, { kind: "messages", name: "1" }),
  );
});

test("a flow: lines, flows that run it, calls that are on it", async () => {
  const prompts = { p1: { texts: {}, builtIn: "goodbye" } };
  const inner = await createFlow({ type: "hangup", config: { prompt: "p1" } }, { prompts, publish: true });
  const line = await createLine({ flowId: inner.flowId });
  const outer = await createFlow({
    type: "subflow",
    config: { flowId: inner.flowId, inputs: {}, results: {}, outputs: [{ id: "done", label: "" }] },
  });
  const params = { flowId: inner.flowId };
  expect(await admin.call("flows.delete", { params })).toMatchObject(
    inUse({ kind: "line", name: line.name }, { kind: "flow", name: outer.name, draft: true }),
  );
  must(await admin.call("lines.delete", { params: { lineId: line.lineId } }));
  must(await admin.call("flows.delete", { params: { flowId: outer.flowId } }));
  const [version] = must(await admin.call("flows.get", { params })).versions;
  const calls = runtime.store.connection.collection<{ _id: string }>("calls");
  const call = { companyId: company.companyId, status: "live", unrecorded: true, flowVersionId: version?.versionId };
  await calls.insertOne({ _id: `call_${"8".repeat(32)}`, ...call });
  expect(await admin.call("flows.delete", { params })).toMatchObject(inUse({ kind: "liveCalls", name: "1" }));
  await calls.deleteMany({});
  must(await admin.call("flows.delete", { params }));
});

describe("an operator", () => {
  test("queues and voicemail boxes that name them", async () => {
    const { operatorId } = await createOperator("501");
    const serving = await createQueue({ operatorIds: [operatorId] });
    const box = await createBox({ operatorIds: [operatorId] });
    expect(await admin.call("operators.delete", { params: { operatorId } })).toMatchObject(
      inUse({ kind: "queue", name: serving.name }, { kind: "voicemailBox", name: box.name }),
    );
  });

  test("a call that they have, or are offered; a shift without one ends, and their telephone is free", async () => {
    const { operatorId } = await createOperator("502");
    const { telephoneId } = await createTelephone();
    const desk = runtime.client();
    must(await desk.call("desk.signIn", { body: { code: "502", password: testPassword, telephoneId } }));
    const params = { operatorId };
    const card = {
      ...{ from: null, hidden: true, callerName: null, to: "1", lineName: "L", language: "fr", script: null },
      callStartedAt: 0,
    };
    const ids = { callId: "call_1", offerId: "offer_1", queueId: "queue_1" };
    const unsaid = { outcome: null, note: "", noteRev: 0, muted: false };
    const call = { ...ids, callback: null, card, acceptedAt: 1, answeredAt: 2, ...unsaid };
    runtime.callCentre.change(company.companyId, operatorId, { state: "talking", call: { ...call, endedAt: null } });
    const refused = await admin.call("operators.delete", { params });
    expect(refused).toMatchObject(inUse({ kind: "operator", name: "Operator 502" }));
    names(refused, "the shift of “Operator 502”");
    runtime.callCentre.change(company.companyId, operatorId, { state: "wrapUp", call: { ...call, endedAt: 3 } });
    must(await admin.call("operators.delete", { params }));
    const asked = runtime.callCentre.commands.filter((one) => one.operatorId === operatorId);
    expect(asked.slice(-2).map(({ command }) => command.kind)).toEqual(["signOut", "ready"]);
    expect(await desk.call("desk.get")).toMatchObject({ error: { code: "notSignedIn" } });
    must(await admin.call("telephones.delete", { params: { telephoneId } }));
  });
});

test("a line that dialled calls show, and an operator who shows it", async () => {
  const { lineId } = await createLine({});
  const { operatorId } = await createOperator("801");
  const { rev, ...rules } = must(await admin.call("dialling.get"));
  const lines = [{ lineId, operatorIds: [operatorId] }];
  const changed = must(await admin.call("dialling.change", { body: { ...rules, lines, rev } }));
  const place = inUse({ kind: "dialling", name: must(await admin.call("company.get")).name });
  expect(await admin.call("lines.delete", { params: { lineId } })).toMatchObject(place);
  expect(await admin.call("operators.delete", { params: { operatorId } })).toMatchObject(place);
  must(await admin.call("dialling.change", { body: { ...rules, lines: [], rev: changed.rev } }));
  must(await admin.call("lines.delete", { params: { lineId } }));
  must(await admin.call("operators.delete", { params: { operatorId } }));
});

test("a line: nothing leads away from one, so it can go, and calls on it go on", async () => {
  const { flowId } = await createFlow({ type: "hangup", config: { prompt: null } });
  const { lineId } = await createLine({ flowId });
  must(await admin.call("lines.delete", { params: { lineId } }));
  must(await admin.call("flows.delete", { params: { flowId } }));
});

test("a user: the last admin, and nobody else", async () => {
  const author = await runtime.user(company, "author");
  const { user } = must(await author.call("session.get"));
  must(await admin.call("users.delete", { params: { userId: user.userId } }));
  const me = must(await admin.call("session.get"));
  expect(await admin.call("users.delete", { params: { userId: me.user.userId } })).toMatchObject({
    error: { code: "lastAdmin" },
  });
  expect(must(await admin.call("users.get", { params: { userId: me.user.userId } })).enabled).toBe(true);
});

test("where a thing is used can be asked, with the nodes of flows; nobody is told of what they may not read", async () => {
  const { queueId } = await createQueue();
  const line = await createLine({ queueId });
  const config = {
    ...{ queue: queueId, priority: 0, announcement: null, holdMusic: [], maxWaitMs: null, leaveWhenUnstaffed: false },
    ...{ ringMs: 20_000, ringMusic: null },
  };
  const flow = await createFlow({ type: "hunt", config });
  const query = { kind: "queue" as const, id: queueId };
  expect(must(await admin.call("uses.list", { query })).items).toEqual([
    { kind: "line", id: line.lineId, name: line.name, draft: false, nodes: [] },
    {
      ...{ kind: "flow", id: flow.flowId, name: flow.name, draft: true },
      nodes: [{ nodeId: "n1", name: "The node", type: "hunt" }],
    },
  ]);
  const { operatorId } = await createOperator("771");
  const named = await createQueue({ operatorIds: [operatorId] });
  const ofOperator = { query: { kind: "operator" as const, id: operatorId } };
  expect(must(await admin.call("uses.list", ofOperator)).items).toMatchObject([{ kind: "queue", name: named.name }]);
  await createBox({ operatorIds: [operatorId] });
  const consultant = await runtime.user(company, "consultant");
  const [told] = must(await consultant.call("uses.list", ofOperator)).items;
  expect(told).toMatchObject({ kind: "queue" });
});

test("flows are searched by words and by the names of what they use, in service and drawn", async () => {
  const name = unique("Xylophone");
  const script = must(
    await admin.call("scripts.create", { body: { name, url: "https://crm.example/", window: null } }),
  );
  const pop = { type: "screenPop", config: { script: script.scriptId, parameters: [] } };
  const drawn = await createFlow(pop);
  const said = { p1: { texts: { "fr-FR": "Bonjour du xylophoné." } } };
  const served = await createFlow({ type: "hangup", config: { prompt: "p1" } }, { prompts: said, publish: true });
  const { items } = must(await admin.call("uses.search", { query: { words: "XYLOPHONE" } }));
  expect(items.map(({ flowId, hits }) => [flowId, hits])).toEqual([
    [
      drawn.flowId,
      [{ nodeId: "n1", nodeName: "The node", nodeType: "screenPop", holds: "reference", text: name, where: "draft" }],
    ],
    [
      served.flowId,
      [
        {
          ...{ nodeId: "n1", nodeName: "The node", nodeType: "hangup", holds: "promptText" },
          ...{ text: "Bonjour du xylophoné.", where: "both" },
        },
      ],
    ],
  ]);
  expect(must(await admin.call("uses.search", { query: { words: "no such word" } })).items).toEqual([]);
});
