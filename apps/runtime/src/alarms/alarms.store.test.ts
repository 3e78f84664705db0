import { createServer, type IncomingHttpHeaders } from "node:http";
import type { ApiClient, Company, Operator } from "@cordboard/api";
import { verifyWebhook } from "@cordboard/client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { randomId } from "../ports/index.ts";
import { standardCallbacks } from "../queues/index.ts";
import { type VirtualClock, virtualClock } from "../testing/virtual-clock.ts";
import { createProbes } from "./probes.ts";
import { createAlarmWatcher } from "./watcher.ts";

let runtime: TestRuntime;
let clock: VirtualClock;
let company: Company;
let ines: Operator;
let admin: ApiClient;
let queueId: string;
let jambonz: boolean;
const hooks: { readonly type: string; readonly about: string | null }[] = [];
const deliveries: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
let hookStatus = 204;
let hookUrl = "";
const receiver = createServer((request, response) => {
  let body = "";
  request.on("data", (part) => {
    body += part;
  });
  request.on("end", () => {
    deliveries.push({ headers: request.headers, body });
    if (hookStatus < 300) hooks.push(JSON.parse(body));
    response.writeHead(hookStatus).end();
  });
});

beforeEach(async () => {
  clock = virtualClock();
  runtime = await startTestRuntime({ clock });
  company = await runtime.company("demo");
  ines = await runtime.operator(company, "101", "Inès");
  admin = await runtime.user(company, "admin");
  await list("127.0.0.1");
  const queue = await runtime.features.queues.create(systemScope(company.companyId), {
    ...{ name: "Sales", operatorIds: [ines.operatorId], order: "longestIdle", offerMs: 20_000, wrapUpMs: null },
    ...{ refusalAllowed: true, missedMeansPause: true, askAgainMs: 0, askAgainAloneMs: 0, scriptId: null },
    callbacks: standardCallbacks,
  });
  queueId = queue.queueId;
  jambonz = true;
  hooks.length = 0;
  deliveries.length = 0;
  hookStatus = 204;
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const address = receiver.address();
  hookUrl = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`;
});
afterEach(async () => {
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await runtime.close();
});

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

/** The private hosts that may be asked. */
async function list(...privateHosts: string[]) {
  const { rev } = must(await admin.call("integration.get"));
  must(await admin.call("integration.change", { body: { frameOrigins: [], privateHosts, rev } }));
}

/** What a process looks with; several may. */
function watcher() {
  const { connection } = runtime.store;
  const { features } = runtime;
  const answers = async () => jambonz;
  return createAlarmWatcher({
    ...{ connection, clock, makeId: randomId, telling: features.telling, log: { warn() {} } },
    calling: features.alarmCalling,
    probes: createProbes({ connection, dataFolder: "/", jambonzAnswers: answers, now: clock.now }),
    companies: features.companies.all,
    queues: (companyId) => features.queues.list(systemScope(companyId)),
    settingsOf: features.alarms.settingsOf,
  });
}

/** Rounds every ten seconds. */
async function lets(seconds: number, ...watchers: readonly ReturnType<typeof watcher>[]) {
  for (let at = 0; at <= seconds; at += 10) {
    for (const each of watchers) await each.round();
    clock.stallFor(10_000);
  }
}

async function reach(kinds: readonly ("queueUnstaffed" | "jambonzGone")[]) {
  const { rev } = must(await admin.call("alarms.settings"));
  const mails = [
    { to: "chef@example.com", language: "fr" as const, kinds: [...kinds] },
    { to: "boss@example.com", language: "en" as const, kinds: ["diskFilling" as const] },
  ];
  const webhook = { url: hookUrl, kinds: [...kinds] };
  return must(await admin.call("alarms.changeSettings", { body: { mails, webhook, rev } }));
}

const waiting = () => runtime.store.connection.collection<{ _id: string }>("waitingCalls");
const join = (_id: string) =>
  waiting().insertOne({ _id, ...{ companyId: company.companyId, live: true, isCallback: false, queueIds: [queueId] } });
const listed = async () => must(await admin.call("alarms.list", { query: {} })).items;
const mails = () => [...new Map(runtime.mails.map((mail) => [mail.mailId, mail])).values()];

describe("callers who wait where nobody is signed in", () => {
  test("are told of by mail and webhook after half a minute, once for all processes; and so is the end", async () => {
    await reach(["queueUnstaffed"]);
    const [one, other] = [watcher(), watcher()];
    await lets(20, one, other);
    await join("call_1.1");
    await lets(20, one, other);
    expect([mails(), await listed()]).toEqual([[], []]);
    await lets(20, one, other);
    expect(await listed()).toMatchObject([{ kind: "queueUnstaffed", about: "Sales", endedAt: null }]);
    expect(mails()).toMatchObject([
      { to: "chef@example.com", subject: expect.stringContaining("personne n’y est en service") },
    ]);
    expect(mails()[0]?.text).toContain("cocher cette file");
    expect(hooks).toMatchObject([{ type: "alarm.raised", about: "Sales" }]);
    await waiting().deleteMany({});
    await lets(50, one, other);
    expect(await listed()).toMatchObject([{ endedAt: expect.any(String) }]);
    expect(mails()[1]?.subject).toContain("Rétabli");
    expect(hooks.map(({ type }) => type)).toEqual(["alarm.raised", "alarm.cleared"]);
  });

  test("are no alarm while an operator of the queue is signed in, or where the queue does not want one", async () => {
    await reach(["queueUnstaffed"]);
    const shifts = runtime.store.connection.collection<{ _id: string }>("shifts");
    const shift = { companyId: company.companyId, operatorId: ines.operatorId, live: true, queueIds: [queueId] };
    await shifts.insertOne({ _id: "shift_1", ...shift });
    await join("call_1.1");
    await lets(60, watcher());
    expect(await listed()).toEqual([]);
    await shifts.deleteMany({});
    const scope = systemScope(company.companyId);
    const { queueId: _, rev, ...fields } = await runtime.features.queues.get(scope, queueId);
    const limits = { waiting: null, longestMs: null, serviceLevelPercent: null, nobodySignedIn: false };
    await runtime.features.queues.change(scope, queueId, rev, { ...fields, limits });
    await lets(60, watcher());
    expect(await listed()).toEqual([]);
  });
});

test("what flutters raises one alarm; what comes back at once is listed, and nobody is told again", async () => {
  await reach(["jambonzGone"]);
  const one = watcher();
  for (let flutter = 0; flutter < 10; flutter += 1) {
    jambonz = flutter % 2 === 0;
    await lets(20, one);
  }
  expect(await listed()).toEqual([]);
  jambonz = false;
  await lets(60, one);
  jambonz = true;
  await lets(80, one);
  jambonz = false;
  await lets(60, one);
  expect(await listed()).toHaveLength(2);
  expect(mails()).toHaveLength(2);
  expect(hooks).toHaveLength(2);
});

test("a webhook that does not take it is tried again until it does; a process that is new goes on where the other stopped", async () => {
  await reach(["jambonzGone"]);
  jambonz = false;
  hookStatus = 503;
  await lets(60, watcher());
  expect(hooks).toEqual([]);
  hookStatus = 204;
  await lets(120, watcher());
  expect(hooks).toMatchObject([{ type: "alarm.raised" }]);
  jambonz = true;
  await lets(100, watcher());
  expect(await listed()).toMatchObject([{ kind: "jambonzGone", endedAt: expect.any(String) }]);
  expect(hooks.map(({ type }) => type)).toEqual(["alarm.raised", "alarm.cleared"]);
  const ids = deliveries.map(({ headers }) => headers["webhook-id"]);
  expect(ids.length).toBeGreaterThan(2);
  // Told again it is the same; its end is another.
  expect(new Set(ids.slice(0, -1)).size).toBe(1);
  expect(ids.at(-1)).not.toBe(ids[0]);
});

test("what goes wrong at once comes in one mail", async () => {
  await reach(["queueUnstaffed", "jambonzGone"]);
  await join("call_1.1");
  jambonz = false;
  const one = watcher();
  await lets(20, one);
  clock.stallFor(30_000);
  await lets(20, one);
  expect(await listed()).toHaveLength(2);
  const [mail] = mails();
  expect([mails().length, mail?.subject]).toEqual([1, "Alarme · DEMO · 2 nouvelles"]);
  expect(mail?.text).toContain("jambonz");
  expect(mail?.text).toContain("« Sales »");
});

test("an alarm about something that is no more ends by itself", async () => {
  await reach(["queueUnstaffed"]);
  const one = watcher();
  await join("call_1.1");
  await lets(60, one);
  await runtime.features.queues.remove(systemScope(company.companyId), queueId);
  await lets(900, one);
  expect(await listed()).toMatchObject([{ about: "Sales", endedAt: expect.any(String) }]);
});

test("an administrator says whom alarms reach, keeps the secret to themselves, and can try it", async () => {
  const settings = await reach(["jambonzGone"]);
  expect(JSON.stringify(settings)).not.toMatch(/secret/i);
  const { secret: first } = must(await admin.call("alarms.newSecret"));
  const { secret } = must(await admin.call("alarms.newSecret"));
  const stored = await runtime.store.connection.collection("alarmSettings").find({}).toArray();
  for (const one of [first, secret]) expect(JSON.stringify(stored)).not.toContain(one);
  expect(must(await admin.call("alarms.test"))).toEqual({
    ...{ mails: 2, webhook: { status: 204, problem: null } },
  });
  const [delivery] = deliveries;
  if (!delivery) throw new Error("nothing came");
  const now = clock.now();
  // The one before is good for a day, so that the receiver can be changed over.
  for (const one of [first, secret]) {
    expect(await verifyWebhook(delivery, one, { now })).toMatchObject({ type: "alarm.trial" });
  }
  const changed = { ...delivery, body: delivery.body.replace("trial", "raised") };
  await expect(verifyWebhook(changed, secret, { now })).rejects.toThrow("No signature fits");
  expect(mails().map(({ to }) => to)).toEqual(["chef@example.com", "boss@example.com"]);
  expect(hooks).toMatchObject([{ type: "alarm.trial" }]);
  const supervisor = await runtime.user(company, "supervisor");
  expect(await supervisor.call("alarms.settings")).toMatchObject({ error: { code: "notAllowed" } });
  expect((await supervisor.call("alarms.list", { query: {} })).ok).toBe(true);
  const entries = must(await admin.call("audit.list", { query: { resource: "alarms" } })).items;
  expect(entries.map(({ action }) => action)).toContain("alarms.newSecret");
  for (const one of [first, secret]) expect(JSON.stringify(entries)).not.toContain(one);
  const late = { mails: [], webhook: null, rev: 1 };
  expect(await admin.call("alarms.changeSettings", { body: late })).toMatchObject({
    ...{ error: { code: "changedMeanwhile" } },
  });
});

test("a webhook in a private network is told of nothing, unless an administrator listed it", async () => {
  await reach(["jambonzGone"]);
  await list();
  const { webhook } = must(await admin.call("alarms.test"));
  expect(webhook).toMatchObject({ status: null, problem: { fr: expect.stringContaining("partie « Ouverture »") } });
  expect(webhook?.problem?.en).toContain("page “Webhooks”, part “Opening”");
  expect(deliveries).toEqual([]);
  const { rev, mails } = must(await admin.call("alarms.settings"));
  const elsewhere = { url: "http://10.0.0.5/alarms", kinds: [] };
  expect(await admin.call("alarms.changeSettings", { body: { mails, webhook: elsewhere, rev } })).toMatchObject({
    error: { code: "webhookUrlRefused" },
  });
  await list("127.0.0.1");
  hookStatus = 302;
  expect(must(await admin.call("alarms.test")).webhook).toMatchObject({
    status: 302,
    problem: { en: expect.stringContaining("302") },
  });
});
