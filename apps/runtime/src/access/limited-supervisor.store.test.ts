import {
  type ApiClient,
  allRoutes,
  type Company,
  LiveMessage,
  limitedMayCall,
  liveSockets,
  type Operator,
  realtime as place,
  type User,
} from "@cordboard/api";
import { io, type Socket } from "socket.io-client";
import { Value } from "typebox/value";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callCentreCollections } from "../call-centre/index.ts";
import { answeredLines, keepCall } from "../call-records/testing/kept-call.ts";
import {
  type CallCentreParts,
  startTestRuntime,
  type TestRuntime,
  testPassword,
} from "../http/testing/test-runtime.ts";
import { wholeCallCentre } from "../http/testing/whole-call-centre.ts";
import { randomId } from "../ports/index.ts";
import { standardCallbacks } from "../queues/index.ts";
import { reportCollections, textsOf } from "../reports/model.ts";
import { emptySums } from "../reports/sums.ts";
import { systemScope } from "./index.ts";

const beyond = { ok: false, error: { code: "beyondYourQueues", status: 403 } };
const notFound = { ok: false, error: { code: "notFound" } };

let runtime: TestRuntime;
let centre: ReturnType<typeof wholeCallCentre>;
let company: Company;
let admin: ApiClient;
/** Supervises Sales alone; Inès serves it, and Théo serves Help. */
let supervisor: ApiClient;
let account: User;
let ines: Operator;
let theo: Operator;
let sales: string;
let help: string;
const calls = { sales: "", help: "", both: "", none: "" };
const boxes = { sales: "", help: "" };
const sockets: Socket[] = [];

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

beforeAll(async () => {
  runtime = await startTestRuntime({
    commands: (given: CallCentreParts) => {
      centre = wholeCallCentre(given);
      return centre;
    },
  });
  await centre.start();
  company = await runtime.company("demo");
  admin = await runtime.user(company, "admin");
  ines = await runtime.operator(company, "101", "Inès");
  theo = await runtime.operator(company, "102", "Théo");
  sales = await newQueue("Sales", [ines.operatorId]);
  help = await newQueue("Help", [theo.operatorId]);
  const email = "sales@demo.example";
  account = must(
    await admin.call("users.create", {
      body: {
        email,
        name: "Sam",
        role: "supervisor",
        language: "en",
        enabled: true,
        password: testPassword,
        queueIds: [sales],
      },
    }),
  );
  supervisor = await signedIn();
  const { connection } = runtime.store;
  const of = { companyId: company.companyId, startedAt: Date.now() - 600_000, endedAfterMs: 60_000 };
  const lines = (queueId: string, operator: Operator) => answeredLines(operator.operatorId, queueId);
  calls.sales = await keepCall(connection, { ...of, count: 1, lines: lines(sales, ines) });
  calls.help = await keepCall(connection, { ...of, count: 2, lines: lines(help, theo) });
  const passed = [...lines(help, theo), [20_000, "joinsQueue", { queueId: sales, priority: 0 }] as const];
  calls.both = await keepCall(connection, { ...of, count: 3, lines: passed });
  calls.none = await keepCall(connection, { ...of, count: 4 });
  for (const [key, queueId] of [
    ["sales", sales],
    ["help", help],
  ] as const) {
    const fields = { name: key, queueId, operatorIds: [], retentionDays: 30 };
    boxes[key] = (await runtime.features.voicemailBoxes.create(systemScope(company.companyId), fields)).boxId;
  }
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await centre.close();
  await runtime.close();
});

async function newQueue(name: string, operatorIds: string[]): Promise<string> {
  const queue = await runtime.features.queues.create(systemScope(company.companyId), {
    ...{ name, operatorIds, order: "longestIdle", offerMs: 60_000, wrapUpMs: null, refusalAllowed: true },
    ...{ missedMeansPause: true, askAgainMs: 0, askAgainAloneMs: 0, scriptId: null, callbacks: standardCallbacks },
  });
  return queue.queueId;
}

async function signedIn(email = account.email): Promise<ApiClient> {
  const client = runtime.client();
  must(await client.call("session.signIn", { body: { company: company.code, email, password: testPassword } }));
  return client;
}

async function caller(queueId: string): Promise<string> {
  const callId = randomId("call");
  await centre.join({
    ...{ companyId: company.companyId, callId, queueId, entry: 1, priority: 0, leaveWhenUnstaffed: false },
    card: {
      ...{ from: "+33612345678", hidden: false, callerName: null, to: "+33123456789", lineName: "Main" },
      ...{ language: "fr-FR", script: null, callStartedAt: Date.now() },
    },
  });
  return callId;
}

test("who is limited, and to what, is said to themselves and to who administers", async () => {
  expect(account.queueIds).toEqual([sales]);
  expect(must(await supervisor.call("session.get")).queueIds).toEqual([sales]);
  expect(must(await admin.call("session.get")).queueIds).toBeNull();
  expect(must(await supervisor.call("queues.list")).items).toHaveLength(2);
});

const whole = allRoutes.filter(
  ({ id, roles, response }) =>
    roles !== "anyone" && roles.includes("supervisor") && response !== "events" && !limitedMayCall(id),
);
test.each(whole.map((route) => [route.id, route] as const))(
  "%s is for who supervises the whole company",
  async (id, route) => {
    const params = Object.fromEntries([...route.path.matchAll(/:(\w+)/g)].map(([, name = ""]) => [name, "x"]));
    const anyClient = supervisor as { call(id: string, input: object): ReturnType<ApiClient["call"]> };
    expect(
      await anyClient.call(id, {
        params,
        ...(route.request.body && { body: {} }),
        ...(route.upload && { file: new Uint8Array() }),
      }),
    ).toMatchObject(beyond);
  },
);

test("the data layer refuses by itself what several queues share", async () => {
  const scope = {
    companyId: company.companyId,
    role: "supervisor",
    actorId: account.userId,
    queues: new Set([sales]),
  } as const;
  await expect(runtime.features.prompts.create(scope, { name: "N", texts: {}, replaces: null })).rejects.toMatchObject({
    code: "beyondYourQueues",
  });
});

describe("calls", () => {
  test("are those that were in the queue, whatever else they were in", async () => {
    const listed = must(await supervisor.call("calls.list", { query: {} })).items.map(({ callId }) => callId);
    expect(new Set(listed)).toEqual(new Set([calls.sales, calls.both]));
    const alsoHelp = must(await supervisor.call("calls.list", { query: { queueId: help } })).items;
    expect(alsoHelp.map(({ callId }) => callId)).toEqual([calls.both]);
    expect(must(await admin.call("calls.list", { query: {} })).items).toHaveLength(4);
    expect(must(await supervisor.call("calls.get", { params: { callId: calls.both } })).callId).toBe(calls.both);
    for (const callId of [calls.help, calls.none]) {
      for (const route of ["calls.get", "calls.trace", "callControl.get"] as const) {
        expect(await supervisor.call(route, { params: { callId } })).toMatchObject(notFound);
      }
      expect(await supervisor.call("callControl.hangUp", { params: { callId } })).toMatchObject(notFound);
    }
  });

  test("are found the same once they are recorded", async () => {
    const records = runtime.store.connection.collection<{ _id: string; companyId: string }>("callRecords");
    const stored = (n: number, queueIds: string[]) => ({
      ...{ _id: `call_${String(n).repeat(32)}`, companyId: company.companyId, startedAt: 1_000 + n, endedAt: 2_000 },
      ...{ queueIds, operatorIds: [], rung: [], queues: [], result: "abandoned", direction: "inbound", from: null },
    });
    await records.insertMany([stored(7, [sales]), stored(8, [help]), stored(9, [help, sales])]);
    const search = runtime.features.callRecords.search;
    const found = async (queueId?: string) => {
      const wanted = { to: 10_000, within: new Set([sales]), queueId };
      return (await search.search(company.companyId, wanted, null, 10)).map(({ _id }) => _id.slice(-1));
    };
    expect([await found(), await found(help)]).toEqual([["9", "7"], ["9"]]);
    await records.deleteMany({ companyId: company.companyId });
  });

  test("have their recordings heard by who supervises the queue of the conversation", async () => {
    const recording = (queueId: string, digit: string) => ({
      ...{
        _id: `conv_${digit.repeat(32)}`,
        companyId: company.companyId,
        callId: calls.both,
        queueId,
        operatorId: null,
      },
      ...{ operatorName: null, number: null, startedAt: 1, durationMs: 1, sha256: digit.repeat(64), peaks: [] },
      keptUntil: Date.now() + 1_000_000,
    });
    await runtime.store.connection
      .collection<{ _id: string }>("conversations")
      .insertMany([recording(sales, "a"), recording(help, "b")]);
    const ids = async (client: ApiClient) =>
      must(await client.call("calls.get", { params: { callId: calls.both } })).recordings.map((one) => one.recordingId);
    expect(await ids(supervisor)).toEqual([`conv_${"a".repeat(32)}`]);
    expect(await ids(admin)).toHaveLength(2);
    const theirs = { params: { recordingId: `conv_${"b".repeat(32)}` } };
    expect(await supervisor.call("recordings.audio", theirs)).toMatchObject(notFound);
    expect(await supervisor.call("recordings.delete", theirs)).toMatchObject(notFound);
    expect((await supervisor.call("recordings.audio", { params: { recordingId: `conv_${"a".repeat(32)}` } })).ok).toBe(
      true,
    );
  });
});

test("boxes and messages are those of the queue", async () => {
  const message = (boxId: string, digit: string) => ({
    ...{ _id: `msg_${digit.repeat(32)}`, companyId: company.companyId, boxId, callId: calls.both, state: "new" },
    ...{ receivedAt: 1, durationMs: 1, sha256: digit.repeat(64), from: null, hidden: false, callerName: null },
    ...{ lineName: "Main", heard: null, assignedTo: null, note: "", calledBack: null, deletedAt: null },
  });
  await runtime.store.connection
    .collection<{ _id: string }>("messages")
    .insertMany([message(boxes.sales, "a"), message(boxes.help, "b")]);
  expect(must(await supervisor.call("voicemailBoxes.list")).items.map(({ boxId }) => boxId)).toEqual([boxes.sales]);
  expect(must(await supervisor.call("messages.list", { query: {} })).items.map(({ boxId }) => boxId)).toEqual([
    boxes.sales,
  ]);
  expect(must(await supervisor.call("messages.list", { query: { boxId: boxes.help } })).items).toEqual([]);
  expect(await supervisor.call("messages.audio", { params: { messageId: `msg_${"b".repeat(32)}` } })).toMatchObject(
    notFound,
  );
  expect(await supervisor.call("messages.delete", { params: { messageId: `msg_${"b".repeat(32)}` } })).toMatchObject(
    notFound,
  );
  const detail = must(await supervisor.call("calls.get", { params: { callId: calls.both } }));
  expect(detail.messages.map(({ messageId }) => messageId)).toEqual([`msg_${"a".repeat(32)}`]);
  const {
    boxId: _,
    greetings,
    hasCode,
    rev,
    ...fields
  } = must(await supervisor.call("voicemailBoxes.get", { params: { boxId: boxes.sales } }));
  const change = (boxId: string, queueId: string | null) =>
    supervisor.call("voicemailBoxes.change", { params: { boxId }, body: { ...fields, queueId, rev } });
  expect(await change(boxes.help, sales)).toMatchObject(notFound);
  expect(await change(boxes.sales, help)).toMatchObject(beyond);
  expect(await change(boxes.sales, null)).toMatchObject(beyond);
  expect((await change(boxes.sales, sales)).ok).toBe(true);
  expect(await supervisor.call("voicemailBoxes.delete", { params: { boxId: boxes.help } })).toMatchObject(notFound);
});

test("callbacks are those of the queue", async () => {
  const promised = (queueId: string, digit: string) => ({
    ...{ _id: `callback_${digit.repeat(32)}.1`, companyId: company.companyId, callId: `callback_${digit.repeat(32)}` },
    ...{
      isCallback: true,
      live: false,
      queueIds: [queueId],
      joinedAt: 1,
      offerIds: [],
      state: "left",
      number: "+33612345678",
    },
    callback: { attempts: [], slotAt: null, urgent: false, scheduleId: null },
    card: { from: "+33612345678", hidden: false, callerName: null, lineName: "Main", language: "fr-FR" },
  });
  const line = callCentreCollections(runtime.store.connection).waitingCalls;
  await runtime.store.connection.collection<{ _id: string }>(line.collectionName).insertMany([promised(help, "b")]);
  expect(must(await supervisor.call("callbacks.list", { query: {} })).items).toEqual([]);
  const theirs = { params: { callbackId: `callback_${"b".repeat(32)}` } };
  for (const route of ["callbacks.get", "callbacks.times", "callbacks.callNow", "callbacks.cancel"] as const)
    expect(await supervisor.call(route, theirs)).toMatchObject(notFound);
  expect(await supervisor.call("callbacks.queueTimes", { params: { queueId: help } })).toMatchObject(beyond);
  expect(await supervisor.call("callbacks.create", { body: { queueId: help, number: "0612345678" } })).toMatchObject(
    beyond,
  );
});

describe("the live board", () => {
  test("shows the queue and who serves it, and of a call elsewhere only that there is one", async () => {
    await caller(help);
    const board = must(await supervisor.call("live.get"));
    expect(board.queues.map(({ queueId }) => queueId)).toEqual([sales]);
    expect(board.operators.map(({ operatorId }) => operatorId)).toEqual([ines.operatorId]);
    expect(must(await admin.call("live.get")).queues).toHaveLength(2);
    const outlook = must(await supervisor.call("live.congestion"));
    expect(outlook.queues.map(({ queueId }) => queueId)).toEqual([sales]);
  });

  test("lets nothing be done beyond the queue", async () => {
    const [ours, theirs] = [await caller(sales), await caller(help)];
    const of = (queueId: string) => ({ params: { queueId } });
    expect(await supervisor.call("live.callers", of(help))).toMatchObject(beyond);
    expect(must(await supervisor.call("live.callers", of(sales))).items.map(({ callId }) => callId)).toContain(ours);
    const body = { to: "closed", until: null, sendsAway: false, reason: "" } as const;
    expect(await supervisor.call("live.open", { ...of(help), body })).toMatchObject(beyond);
    expect(must(await supervisor.call("live.open", { ...of(sales), body })).byHand?.state).toBe("closed");
    must(await supervisor.call("live.open", { ...of(sales), body: { ...body, to: "hours" } }));
    expect(await supervisor.call("live.moveUp", { params: { callId: theirs } })).toMatchObject(notFound);
    const move = (callId: string, queueId: string) =>
      supervisor.call("live.moveTo", { params: { callId }, body: { queueId } });
    expect(await move(theirs, sales)).toMatchObject(notFound);
    expect(await move(ours, help)).toMatchObject(beyond);
    expect((await supervisor.call("live.moveUp", { params: { callId: ours } })).ok).toBe(true);
    const force = (operatorId: string) =>
      supervisor.call("live.force", { params: { operatorId }, body: { to: "paused" } });
    expect(await force(theo.operatorId)).toMatchObject(beyond);
    expect(await force(ines.operatorId)).toMatchObject({ error: { code: "operatorNotSignedIn" } });
    const notice = (to: { queueId: string } | { operatorId: string } | { everyone: true }) =>
      supervisor.call("live.notice", { body: { to, text: "N" } });
    for (const to of [{ queueId: help }, { operatorId: theo.operatorId }, { everyone: true }] as const)
      expect(await notice(to)).toMatchObject(beyond);
    expect(await notice({ queueId: sales })).toMatchObject({ error: { code: "nobodySignedIn" } });
    const listen = (operatorId: string) => {
      const telephone = { kind: "number", number: "0612345678" } as const;
      return supervisor.call("live.listen", { params: { operatorId }, body: { mode: "listen", telephone } });
    };
    expect(await listen(theo.operatorId)).toMatchObject(beyond);
    expect(await listen(ines.operatorId)).toMatchObject({ error: { code: "operatorNotTalking" } });
    const dial = { operator: theo.operatorId, number: "0612345678" };
    expect(await supervisor.call("calls.create", { body: dial })).toMatchObject(beyond);
  });

  test("is told by its socket of the queue alone, without a gap", async () => {
    const answer = await fetch(`${runtime.baseUrl}/api/session`, {
      method: "POST",
      body: JSON.stringify({ company: company.code, email: account.email, password: testPassword }),
      headers: { "Content-Type": "application/json", "X-Cordboard": "1" },
    });
    const Cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    const told: Extract<LiveMessage, { type: "changes" }>[] = [];
    const socket = io(`${runtime.baseUrl}${liveSockets.namespace}`, {
      ...{ path: place.path, transports: ["websocket"], forceNew: true, reconnection: false, extraHeaders: { Cookie } },
    });
    sockets.push(socket);
    socket.on("message", (message: unknown) => {
      if (Value.Check(LiveMessage, message) && message.type === "changes") told.push(message);
    });
    await expect.poll(() => socket.connected).toBe(true);
    await caller(help);
    await caller(sales);
    await expect
      .poll(() => told.flatMap(({ queues }) => queues.map(({ queueId }) => queueId)), { timeout: 5_000 })
      .toContain(sales);
    expect(told.flatMap(({ queues }) => queues.map(({ queueId }) => queueId))).not.toContain(help);
    const numbers = told.map(({ seq }) => seq);
    expect(numbers).toEqual(numbers.map((_, at) => (numbers[0] ?? 0) + at));
  });
});

describe("figures", () => {
  test("count the queue alone, and those who serve it", async () => {
    const day = must(await supervisor.call("figures.day", { query: {} }));
    expect(day.queues.map(({ queueId }) => queueId)).toEqual([sales]);
    expect(day.operators.every(({ operatorId }) => operatorId === ines.operatorId)).toBe(true);
    expect(await supervisor.call("figures.day", { query: { queueId: help } })).toMatchObject(beyond);
    const whole = must(await admin.call("figures.day", { query: {} }));
    expect(day.calls.total).toBeLessThan(whole.calls.total);
  });

  test("are reported of the queue and its operators; reports of lines and flows are the company's", async () => {
    const period = { from: "2026-01-01", to: "2026-01-02" };
    const report = (name: "queues" | "operators" | "lines", query: object = {}) =>
      supervisor.call("reports.get", { params: { report: name }, query: { ...period, ...query } });
    expect(must(await report("queues")).rows.map(({ id }) => id)).toEqual([sales]);
    expect(must(await report("queues", { only: help })).rows).toEqual([]);
    expect(must(await report("operators")).rows.every(({ id }) => id === ines.operatorId)).toBe(true);
    expect(await report("lines")).toMatchObject(beyond);
    const mail = (name: "queues" | "lines") =>
      supervisor.call("reportMails.create", { body: { report: name, only: null, at: "07:00" } });
    expect(await mail("lines")).toMatchObject(beyond);
    expect((await mail("queues")).ok).toBe(true);
  });

  test("of answers are those of calls that count in the queue, whatever else is asked for", async () => {
    const { companyId } = company;
    const from = Date.UTC(2025, 4, 6, 9);
    const script = `script_${"a".repeat(32)}`;
    const sums = emptySums();
    for (const [queueId, count] of [
      [sales, 2],
      [help, 3],
      ["", 4],
    ] as const)
      sums.answers[`${queueId}|${ines.operatorId}|${script}|satisfied`] = { answered: count, "=true": count };
    const { quarters } = reportCollections(runtime.store.connection);
    await quarters.insertOne({ _id: `${companyId}/${from}`, companyId, from, rev: 1, ...textsOf(sums) });
    const answered = async (client: ApiClient, only?: string) => {
      const query = { from: "2025-05-06", to: "2025-05-06", ...(only && { only }) };
      return must(await client.call("reports.get", { params: { report: "answers" }, query })).total.answeredQuestion;
    };
    expect(await answered(admin)).toBe(9);
    expect(await answered(supervisor)).toBe(2);
    expect(await answered(supervisor, `${ines.operatorId},${script}`)).toBe(2);
    expect(await answered(supervisor, help)).toBe(0);
    expect(await answered(supervisor, `${help},${sales}`)).toBe(2);
  });

  test("of working time are corrected of those who serve the queue", async () => {
    const asked = {
      from: "2026-01-01T08:00:00Z",
      until: "2026-01-01T09:00:00Z",
      as: "available",
      label: null,
      reason: "R",
    };
    const correct = (operatorId: string) =>
      supervisor.call("timeCorrections.create", { body: { operatorId, ...asked, as: "available" } });
    expect(await correct(theo.operatorId)).toMatchObject(beyond);
    expect((await correct(ines.operatorId)).ok).toBe(true);
  });
});

describe("whoever administers", () => {
  const change = async (user: User, fields: Partial<Omit<User, "userId" | "rev">>) => {
    const { userId, rev } = user;
    const { email, name, role, language, enabled } = { ...user, ...fields };
    const body = {
      email,
      name,
      role,
      language,
      enabled,
      rev,
      ...("queueIds" in fields && { queueIds: fields.queueIds }),
    };
    return admin.call("users.change", { params: { userId }, body: body as never });
  };

  test("sees a limit stay where it is left out, and ends the sessions where it changes; it is in the audit log", async () => {
    account = must(await change(account, { name: "Samir" }));
    expect(account.queueIds).toEqual([sales]);
    expect((await supervisor.call("session.get")).ok).toBe(true);
    account = must(await change(account, { queueIds: [sales, help] }));
    expect(await supervisor.call("session.get")).toMatchObject({ error: { code: "notSignedIn" } });
    supervisor = await signedIn();
    expect(must(await supervisor.call("live.get")).queues).toHaveLength(2);
    const [entry] = must(await admin.call("audit.list", { query: { resource: "users" } })).items;
    expect(entry).toMatchObject({ before: { queueIds: [sales] }, after: { queueIds: [sales, help] } });
  });

  test("limits nobody to a queue that there is not, to none at all, or in another role", async () => {
    expect(await change(account, { queueIds: [`queue_${"f".repeat(32)}`] })).toMatchObject(notFound);
    expect(await change(account, { queueIds: [] })).toMatchObject({ error: { code: "requestInvalid" } });
    const author = must(await change(account, { role: "author", queueIds: [sales] }));
    expect(author.queueIds).toBeNull();
    account = must(await change(author, { role: "supervisor", queueIds: [help] }));
  });

  test("leaves who was limited to a queue that is gone with nothing, and may still change their name", async () => {
    const gone = await newQueue("Gone", []);
    account = must(await change(account, { queueIds: [gone] }));
    must(await admin.call("queues.delete", { params: { queueId: gone } }));
    supervisor = await signedIn();
    expect(must(await supervisor.call("live.get")).queues).toEqual([]);
    expect(must(await supervisor.call("calls.list", { query: {} })).items).toEqual([]);
    account = must(await change(account, { name: "Sam" }));
    expect(account.queueIds).toEqual([gone]);
  });
});

test("an API key is not limited by who made it", async () => {
  const { client } = await runtime.apiKey(company, ["calls:read", "live:read"]);
  expect(must(await client.call("calls.list", { query: {} })).items).toHaveLength(4);
});
