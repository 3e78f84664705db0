import { type ApiClient, type Company, type Operator, realtime as place, type ServerMessage } from "@cordboard/api";
import { io, type Socket } from "socket.io-client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { callCentreCollections, createCallCentre, mongoCentreStore, placedCallId } from "../call-centre/index.ts";
import {
  type CallCentreParts,
  startTestRuntime,
  type TestRuntime,
  testPassword,
} from "../http/testing/test-runtime.ts";
import { type CallCard, type CallOrder, type PromiseRequest, randomId } from "../ports/index.ts";
import { queueForDecisions, standardCallbacks } from "../queues/index.ts";

let runtime: TestRuntime;
let centre: ReturnType<typeof createCallCentre>;
let company: Company;
let ines: Operator;
let supervisor: ApiClient;
let sales: string;
let schedule: string;
let telephoneId: string;
const placed: CallOrder[] = [];
const sockets: Socket[] = [];

/** The call centre as the runtime has it; the calls are the test's. */
function wholeCallCentre({ connection, bus, clock, features }: CallCentreParts) {
  return createCallCentre({
    store: mongoCentreStore(callCentreCollections(connection)),
    bus,
    clock,
    makeId: randomId,
    log: { info() {}, warn() {}, error() {} },
    processId: randomId("proc"),
    inbox: {
      offerAccepted: async () => "taken",
      unstaffed: async () => "taken",
      async placeCall(order) {
        placed.push(order);
        return "taken";
      },
    },
    lookups: {
      async queues(companyId) {
        const found = await features().queues.list(systemScope(companyId));
        return found.map((queue) => queueForDecisions(queue, companyId));
      },
      operatorName: async (companyId, id) => (await features().operators.get(systemScope(companyId), id)).name,
      telephoneExists: async (companyId, id) => (await features().telephones.find(systemScope(companyId), id)) !== null,
      callsAlive: async (_companyId, callIds) => callIds,
      country: async () => "FR",
      openSchedules: (companyId, ids) => features().schedules.openOf(companyId, ids),
    },
  });
}

const always: [string, string][] = [["00:00", "24:00"]];
const week = { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always };

beforeEach(async () => {
  placed.length = 0;
  runtime = await startTestRuntime({
    commands: (parts) => {
      centre = wholeCallCentre(parts);
      return centre;
    },
  });
  await centre.start();
  company = await runtime.company("demo");
  ines = await runtime.operator(company, "101", "Inès");
  await runtime.operator(company, "102", "Théo");
  supervisor = await runtime.user(company, "supervisor");
  const scope = systemScope(company.companyId);
  const { telephones, schedules } = runtime.features;
  telephoneId = (await telephones.create(scope, { name: "Desk 1", target: { kind: "user", name: "d1" } })).telephoneId;
  schedule = (await schedules.create(scope, { name: "Hours", timeZone: null, week, holidays: [] })).scheduleId;
  sales = await newQueue("Sales", { ...standardCallbacks, scheduleId: schedule });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await centre.close();
  await runtime.close();
});

async function newQueue(name: string, callbacks = standardCallbacks, operatorIds = [ines.operatorId]): Promise<string> {
  const queue = await runtime.features.queues.create(systemScope(company.companyId), {
    ...{ name, operatorIds, order: "longestIdle", offerMs: 60_000, wrapUpMs: null, refusalAllowed: true },
    ...{ missedMeansPause: true, askAgainMs: 0, askAgainAloneMs: 0, scriptId: null, callbacks },
  });
  return queue.queueId;
}

const card = (fields: Partial<CallCard> = {}): CallCard => ({
  ...{ from: "+33612345678", hidden: false, callerName: "M. Martin", to: "+33123456789", lineName: "Main" },
  ...{ language: "fr-FR", script: { name: "CRM", url: "https://crm.example/?n=1" }, callStartedAt: 0, ...fields },
});

/** In a call that is over after it. */
async function promise(change: Partial<PromiseRequest> = {}) {
  const { companyId } = company;
  const callId = randomId("call");
  const { result } = await centre.promiseCallback({
    ...{ companyId, callId, promiseId: "n1.1", queueId: sales },
    ...{ number: "06 12 34 56 78", callerNumber: null, keepPlace: true, scheduleId: null, card: card(), ...change },
  });
  await centre.callEnded({ companyId, callId, by: "caller" });
  return result;
}

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const listed = async (client = supervisor) => must(await client.call("callbacks.list", { query: {} })).items;
const first = async () => {
  const [callback] = await listed();
  if (!callback) throw new Error("nothing was promised");
  return callback;
};

/** Inès, or another, at her desk with a browser that is connected. */
async function desk(code = "101", wishes: object = { telephoneId, queueIds: [sales] }) {
  const answer = await fetch(`${runtime.baseUrl}/api/desk/session`, {
    method: "POST",
    body: JSON.stringify({ company: company.code, code, password: testPassword, ...wishes }),
    headers: { "Content-Type": "application/json", "X-Cordboard": "1" },
  });
  const Cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const socket = io(`${runtime.baseUrl}${place.namespace}`, {
    ...{ path: place.path, transports: ["websocket"], forceNew: true, extraHeaders: { Cookie } },
  });
  sockets.push(socket);
  const told: ServerMessage[] = [];
  socket.on("message", (message: ServerMessage) => told.push(message));
  const view = () => told.flatMap((message) => (message.type === "view" ? [message.view] : [])).at(-1);
  const counts = () => told.flatMap((message) => (message.type === "callbacks" ? [message.queues] : [])).at(-1);
  await expect.poll(() => view()?.state).toMatch(/available|offered/);
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { "Content-Type": "application/json", "X-Cordboard": "1", Cookie };
    const answered = await fetch(`${runtime.baseUrl}/api/desk/${path}`, {
      ...{ method, headers, ...(body && { body: JSON.stringify(body) }) },
    });
    return { status: answered.status, body: await answered.json() };
  };
  return { view, counts, ask };
}

const report = (offerId: string, kind: "answered" | "failed" | "numberFailed" | "ended", result = "busy" as const) =>
  centre.reportLeg({
    ...{ companyId: company.companyId, callId: placedCallId(offerId), offerId },
    report: kind === "answered" ? { kind } : kind === "ended" ? { kind, talkMs: 1_000 } : { kind, result },
  });

describe("a promised callback", () => {
  test("pops up with its number and says what it is; accepted, its call is ordered; answered and ended, it is kept", async () => {
    expect(await promise({ callerNumber: "+33612345678" })).toBe("promised");
    const { view, ask } = await desk();
    await expect.poll(() => view()?.offer?.callback).toMatchObject({ attempts: [], attemptsAllowed: 3 });
    const offer = view()?.offer;
    const offerId = offer?.offerId ?? "";
    expect(offer).toMatchObject({
      callId: placedCallId(offerId),
      card: { from: "+33612345678", fromText: "06 12 34 56 78", callerName: "M. Martin", script: { name: "CRM" } },
    });
    expect(await first()).toMatchObject({ state: "offered", operator: { name: "Inès" } });
    // The call is not placed yet: it is the number whose earlier calls are asked for.
    expect(await ask("GET", `calls/${placedCallId(offerId)}/earlier`)).toEqual({ status: 200, body: { items: [] } });
    const accepted = await ask("POST", `offers/${offerId}/accept`);
    expect(accepted.body.view).toMatchObject({
      state: "dialling",
      call: { callback: { attempts: [] }, answeredAt: null },
    });
    await expect
      .poll(() => placed)
      .toMatchObject([
        { callId: placedCallId(offerId), offerId, number: "+33612345678", operatorName: "Inès", telephoneId },
      ]);
    expect(await first()).toMatchObject({ state: "calling", operator: { name: "Inès" } });
    await report(offerId, "answered");
    await expect.poll(() => view()?.state).toBe("talking");
    expect(await first()).toMatchObject({
      ...{ state: "over", result: "answered", operator: null },
      attempts: [{ result: "answered", operatorName: "Inès", callId: placedCallId(offerId) }],
    });
    await report(offerId, "ended");
    await expect.poll(() => view()?.state).toBe("wrapUp");
  });

  test("whose number is busy is tried again after the stated time, and the operator is told", async () => {
    await promise();
    const { view, ask } = await desk();
    await expect.poll(() => view()?.offer).toBeTruthy();
    const offerId = view()?.offer?.offerId ?? "";
    await ask("POST", `offers/${offerId}/accept`);
    await report(offerId, "numberFailed");
    await expect.poll(() => view()?.state).toBe("available");
    expect(view()?.notices).toMatchObject([{ code: "numberBusy", callId: placedCallId(offerId) }]);
    const callback = await first();
    expect(callback).toMatchObject({ state: "waiting", heldBack: "retry", attempts: [{ result: "numberBusy" }] });
    expect(Date.parse(callback.notBefore ?? "") - Date.parse(callback.attempts[0]?.at ?? "")).toBe(900_000);
    // Now, all the same.
    const params = { callbackId: callback.callbackId };
    must(await supervisor.call("callbacks.callNow", { params }));
    await expect.poll(() => view()?.offer?.callback?.attempts).toMatchObject([{ result: "numberBusy" }]);
  });

  test("is refused for what is not rung, in a queue that is none, and over what the queue promises", async () => {
    for (const number of ["", "112", "15", "+15", "+1 212 555 0123", "0899 12 34 56", "*21"]) {
      expect(await promise({ number }), number).toBe("refused");
    }
    expect(await promise({ number: "+1 212 555 0123", callerNumber: "+12125550123" })).toBe("promised");
    expect(await promise({ number: "204" })).toBe("promised");
    expect(await promise({ number: "0612345679", card: card({ from: null, hidden: true }) })).toBe("promised");
    expect(await promise({ queueId: randomId("queue") })).toBe("refused");
    expect((await listed()).map(({ number }) => number)).toEqual(["+33612345679", "204", "+12125550123"]);
    const small = await newQueue("Small", { ...standardCallbacks, most: 1 });
    expect(await promise({ queueId: small })).toBe("promised");
    expect(await promise({ queueId: small, number: "0612345699" })).toBe("full");
    expect(await promise({ queueId: small })).toBe("already");
  });

  test("is changed, cancelled and listed by supervisors, and each leaves its entry in the audit log", async () => {
    await promise();
    await promise({ number: "0612345600" });
    const [newer, older] = await listed();
    const params = { callbackId: older?.callbackId ?? "" };
    const change = (number: string) => supervisor.call("callbacks.change", { params, body: { number } });
    expect(await change("112")).toMatchObject({ ok: false, error: { code: "numberNotRung" } });
    expect(await change("06 12 34 56 00")).toMatchObject({ ok: false, error: { code: "callbackPromised" } });
    expect(must(await change("+44 20 7946 0000"))).toMatchObject({ number: "+442079460000", state: "waiting" });
    expect(must(await supervisor.call("callbacks.cancel", { params }))).toMatchObject({
      ...{ state: "over", result: "cancelled" },
    });
    expect(await change("0612345601")).toMatchObject({ ok: false, error: { code: "callbackOver" } });
    const open = must(await supervisor.call("callbacks.list", { query: { open: true, queueId: sales } }));
    expect(open.items.map(({ callbackId }) => callbackId)).toEqual([newer?.callbackId]);
    const page = must(await supervisor.call("callbacks.list", { query: { limit: 1 } }));
    expect(page.items.map(({ callbackId }) => callbackId)).toEqual([newer?.callbackId]);
    const rest = must(await supervisor.call("callbacks.list", { query: { before: page.next ?? "" } }));
    expect(rest).toMatchObject({ items: [{ callbackId: older?.callbackId }], next: null });
    const admin = await runtime.user(company, "admin");
    const { items } = must(await admin.call("audit.list", { query: { resource: "callbacks" } }));
    // The newest first; what was refused changed nothing.
    expect(items.map(({ action }) => action)).toEqual(["callbacks.cancel", "callbacks.change"]);
    expect(items.find(({ action }) => action === "callbacks.cancel")).toMatchObject({
      before: { state: "waiting" },
      after: { leftReason: "cancelled" },
    });
  });

  test("says why it waits, and is offered when its hours open", async () => {
    const scope = systemScope(company.companyId);
    await runtime.features.schedules.force(scope, schedule, { state: "closed", until: null });
    await centre.queuesChanged(company.companyId);
    await promise();
    const { view } = await desk();
    expect(await first()).toMatchObject({ state: "waiting", heldBack: "closed", notBefore: null });
    expect(view()?.offer).toBeNull();
    await runtime.features.schedules.force(scope, schedule, null);
    await centre.queuesChanged(company.companyId);
    await expect.poll(() => view()?.offer?.callback).toBeTruthy();
  });

  test("keeps its queue, and its queue the schedule, from being deleted", async () => {
    const admin = await runtime.user(company, "admin");
    await promise();
    expect(await admin.call("queues.delete", { params: { queueId: sales } })).toMatchObject({
      ...{ ok: false, error: { code: "inUse", details: { uses: [{ kind: "callbacks", name: "1" }] } } },
    });
    expect(await admin.call("schedules.delete", { params: { scheduleId: schedule } })).toMatchObject({
      ...{ ok: false, error: { code: "inUse", details: { uses: [{ kind: "queue", name: "Sales" }] } } },
    });
  });

  test("belongs to its company and its queue: nobody else sees it or does anything about it", async () => {
    await promise();
    const { callbackId } = await first();
    const other = await runtime.user(await runtime.company("other"), "admin");
    expect(await listed(other)).toEqual([]);
    const refused = { ok: false, error: { code: "notFound" } };
    for (const route of ["callbacks.get", "callbacks.cancel", "callbacks.callNow"] as const) {
      expect(await other.call(route, { params: { callbackId } })).toMatchObject(refused);
    }
    const author = await runtime.user(company, "author");
    expect(await author.call("callbacks.list", { query: {} })).toMatchObject({ error: { code: "notAllowed" } });
    const theo = await desk("102", {});
    expect((await theo.ask("GET", "callbacks")).body).toEqual({ items: [], next: null });
    expect((await theo.ask("POST", `callbacks/${callbackId}/cancel`)).body.error.code).toBe("notFound");
    expect((await theo.ask("POST", "call-back", { callbackId })).body.error.code).toBe("notFound");
  });
});

describe("a queue", () => {
  test("states the contract's standard where nobody chose otherwise, and where it was set up before there were callbacks", async () => {
    const admin = await runtime.user(company, "admin");
    const sparse = admin as { call(id: "queues.create", input: object): ReturnType<ApiClient["call"]> };
    expect(must(await sparse.call("queues.create", { body: { name: "New" } }))).toMatchObject({
      callbacks: standardCallbacks,
    });
    await runtime.store.connection.collection("queues").updateMany({ name: "Sales" }, { $unset: { callbacks: "" } });
    expect(must(await admin.call("queues.get", { params: { queueId: sales } })).callbacks).toEqual(standardCallbacks);
    expect(await promise()).toBe("promised");
    expect(await first()).toMatchObject({ attemptsAllowed: 3 });
  });

  test("cannot go by a schedule that there is none of", async () => {
    const wrong = { ...standardCallbacks, scheduleId: randomId("schedule") };
    await expect(newQueue("Wrong", wrong)).rejects.toMatchObject({ code: "notFound", details: { what: "schedule" } });
  });
});

describe("an operator", () => {
  test("is told how many are to be made, at once and after each change", async () => {
    const { counts } = await desk("101", { telephoneId, queueIds: [] });
    await expect.poll(counts).toEqual([{ queueId: sales, open: 0 }]);
    await promise();
    await expect.poll(counts).toEqual([{ queueId: sales, open: 1 }]);
    const { callbackId } = await first();
    await supervisor.call("callbacks.cancel", { params: { callbackId } });
    await expect.poll(counts).toEqual([{ queueId: sales, open: 0 }]);
  });

  test("takes one from the list, whatever its hours, and cancels another", async () => {
    await runtime.features.schedules.force(systemScope(company.companyId), schedule, { state: "closed", until: null });
    await centre.queuesChanged(company.companyId);
    await promise();
    await promise({ number: "0612345600" });
    const { ask, view } = await desk();
    const { items } = (await ask("GET", "callbacks?open=true")).body;
    expect(items).toHaveLength(2);
    expect((await ask("POST", `callbacks/${items[0].callbackId}/cancel`)).body).toMatchObject({ result: "cancelled" });
    expect((await ask("POST", "call-back", { callbackId: items[0].callbackId })).body.error.code).toBe("callbackOver");
    const taken = await ask("POST", "call-back", { callbackId: items[1].callbackId });
    expect(taken.body.view).toMatchObject({
      state: "dialling",
      call: { callback: { callbackId: items[1].callbackId } },
    });
    await expect.poll(() => placed).toMatchObject([{ callbackId: items[1].callbackId, number: "+33612345678" }]);
    expect((await ask("POST", `callbacks/${items[1].callbackId}/cancel`)).body.error.code).toBe("callbackUnderWay");
    // Their own telephone did not answer: nothing of the callback is used up.
    await report(placed[0]?.offerId ?? "", "failed");
    await expect.poll(() => view()).toMatchObject({ state: "paused", pause: { reason: "telephoneBusy" } });
    expect(must(await supervisor.call("callbacks.get", { params: { callbackId: items[1].callbackId } }))).toMatchObject(
      {
        ...{ state: "waiting", attempts: [] },
      },
    );
  });

  test("without a telephone, or on a call, is told so", async () => {
    await runtime.features.schedules.force(systemScope(company.companyId), schedule, { state: "closed", until: null });
    await centre.queuesChanged(company.companyId);
    await promise();
    const { callbackId } = await first();
    const { ask } = await desk("101", { queueIds: [sales] });
    expect((await ask("POST", "call-back", { callbackId })).body.error.code).toBe("telephoneMissing");
    await ask("PUT", "telephone", { telephoneId });
    await ask("POST", "pause", { reason: "lunch" });
    expect((await ask("POST", "call-back", { callbackId })).body.error.code).toBe("notNow");
  });

  test("calls back the author of a message, in the box's queue, and the message says so; a hidden number is not rung", async () => {
    const help = await newQueue("Help");
    const scope = systemScope(company.companyId);
    const fields = { name: "Box", queueId: help, operatorIds: [ines.operatorId], retentionDays: 90 };
    const box = await runtime.features.voicemailBoxes.create(scope, fields);
    const leave = (digit: string, from: string | null) =>
      runtime.store.connection.collection<{ _id: string }>("messages").insertOne({
        ...{ _id: `msg_${digit.repeat(32)}`, companyId: company.companyId, boxId: box.boxId, state: "new", from },
        ...{ receivedAt: 1, durationMs: 5_000, sha256: "0".repeat(64), callId: `call_${digit.repeat(32)}`, note: "" },
        ...{ hidden: from === null, callerName: null, lineName: "Main", heard: null, assignedTo: null },
        ...{ calledBack: null, deletedAt: null },
      });
    await leave("1", "+33612345678");
    await leave("2", null);
    const { ask } = await desk();
    const hidden = await ask("POST", "call-back", { messageId: `msg_${"2".repeat(32)}` });
    expect(hidden).toMatchObject({ status: 422, body: { error: { code: "numberNotRung" } } });
    const messageId = `msg_${"1".repeat(32)}`;
    const made = await ask("POST", "call-back", { messageId });
    expect(made.body.view).toMatchObject({
      ...{
        state: "dialling",
        call: { queue: { name: "Help" }, card: { fromText: "06 12 34 56 78", lineName: "Main" } },
      },
    });
    await expect.poll(() => placed).toMatchObject([{ number: "+33612345678", queueId: help }]);
    const [message] = must(await supervisor.call("messages.list", { query: { boxId: box.boxId } })).items.filter(
      (one) => one.messageId === messageId,
    );
    expect(message?.calledBack).toMatchObject({ by: { name: "Inès" } });
    expect(await first()).toMatchObject({ state: "calling", promisedInCallId: null, attemptsAllowed: 1 });
  });
});

describe("a callback for a time that was chosen", () => {
  const HOUR = 3_600_000;
  const slots = { lengthMs: HOUR, most: 1, days: 2, told: 3 };

  /** The next times of a queue that takes one callback an hour, open round the clock. */
  async function offered() {
    const queueId = await newQueue("Later", { ...standardCallbacks, scheduleId: schedule, slots });
    const asked = { companyId: company.companyId, queueId, scheduleId: null };
    const { slots: told, timeZone } = await runtime.features.callbackTimes.forCaller(asked, Date.now());
    const [first = 0, second = 0, third = 0] = told;
    return { queueId, asked, told, timeZone, first, second, third };
  }

  test("callers hear the next free times of the opening hours; one that is full is offered to nobody else, and not promised", async () => {
    const { queueId, asked, told, timeZone, first: slotAt, second, third } = await offered();
    expect(timeZone).toBe(company.timeZone);
    expect(told).toHaveLength(3);
    expect(slotAt).toBeGreaterThan(Date.now());
    expect([second - slotAt, third - second]).toEqual([HOUR, HOUR]);
    expect(await promise({ queueId, slotAt: second })).toBe("promised");
    const { slots: next } = await runtime.features.callbackTimes.forCaller(asked, Date.now());
    expect(next.slice(0, 2)).toEqual([slotAt, third]);
    expect(await promise({ queueId, number: "06 12 34 56 79", slotAt: second })).toBe("slotTaken");
    expect(await first()).toMatchObject({
      ...{ state: "waiting", heldBack: "slot", attempts: [] },
      ...{ slotAt: new Date(second).toISOString(), notBefore: new Date(second).toISOString() },
    });
    const { view } = await desk("101", { telephoneId, queueIds: [queueId] });
    expect(view()?.offer).toBeNull();
  });

  test("a queue that offers no times asks nobody, and an older client that says nothing of times leaves them as they are", async () => {
    const asked = { companyId: company.companyId, queueId: sales, scheduleId: null };
    expect((await runtime.features.callbackTimes.forCaller(asked, Date.now())).slots).toEqual([]);
    const { queueId } = await offered();
    const { queueId: _, rev, ...fields } = await runtime.features.queues.get(systemScope(company.companyId), queueId);
    const { slots: __, ...older } = fields.callbacks;
    const callbacks = { ...older, most: 7 };
    const kept = await runtime.features.queues.change(systemScope(company.companyId), queueId, rev, {
      ...fields,
      callbacks,
    });
    expect(kept.callbacks).toMatchObject({ most: 7, slots });
  });

  test("a supervisor and an operator put it off to a time that is free, and bring it back to as soon as possible", async () => {
    const { queueId, second, third } = await offered();
    await promise({ queueId, slotAt: second });
    await promise({ queueId, number: "06 12 34 56 79", slotAt: third });
    const theirs = (await listed()).find((one) => one.slotAt === new Date(second).toISOString());
    const callbackId = theirs?.callbackId ?? "";
    const params = { callbackId };
    const { times } = must(await supervisor.call("callbacks.times", { params }));
    expect(times.every(({ free }) => free === 1)).toBe(true);
    const taken = new Date(third).toISOString();
    expect(times.map(({ at }) => at)).not.toContain(taken);
    expect(await supervisor.call("callbacks.change", { params, body: { slotAt: taken } })).toMatchObject({
      ok: false,
      error: { code: "callbackTimeTaken" },
    });
    const later = times.at(-1)?.at ?? "";
    expect(must(await supervisor.call("callbacks.change", { params, body: { slotAt: later } }))).toMatchObject({
      slotAt: later,
      heldBack: "slot",
    });
    const { view, ask } = await desk("101", { telephoneId, queueIds: [queueId] });
    expect((await ask("GET", `callbacks/${callbackId}/times`)).body.times.length).toBeGreaterThan(0);
    expect((await ask("PUT", `callbacks/${callbackId}`, { slotAt: null })).body).toMatchObject({ slotAt: null });
    await expect.poll(() => view()?.offer?.card.from).toBe("+33612345678");
    expect((await ask("PUT", `callbacks/${callbackId}`, { slotAt: later })).status).toBe(409);
  });

  test("somebody else's queue's callbacks are not an operator's to put off", async () => {
    const { queueId, second } = await offered();
    await promise({ queueId, slotAt: second });
    const { callbackId } = await first();
    const { ask } = await desk("102", { telephoneId, queueIds: [] });
    expect((await ask("GET", `callbacks/${callbackId}/times`)).status).toBe(404);
    expect((await ask("PUT", `callbacks/${callbackId}`, { slotAt: null })).status).toBe(404);
  });
});

describe("a callback whose person is rung first", () => {
  test("is ordered so, machines left alone where the queue wants it, and one that was reached is an attempt, told to the operator", async () => {
    const queueId = await newQueue("Caller first", { ...standardCallbacks, first: "caller", machines: "leave" });
    await promise({ queueId });
    const { view, ask } = await desk("101", { telephoneId, queueIds: [queueId] });
    await expect.poll(() => view()?.offer?.callback).toMatchObject({ first: "caller" });
    const offerId = view()?.offer?.offerId ?? "";
    await ask("POST", `offers/${offerId}/accept`);
    await expect.poll(() => placed).toMatchObject([{ offerId, first: "party", leavesMachines: true }]);
    await centre.reportLeg({
      ...{ companyId: company.companyId, callId: placedCallId(offerId), offerId },
      report: { kind: "numberFailed", result: "machine" },
    });
    await expect.poll(() => view()?.state).toBe("available");
    expect(view()?.notices.map(({ code }) => code)).toContain("numberMachine");
    expect(await first()).toMatchObject({ heldBack: "retry", attempts: [{ result: "numberMachine" }] });
  });

  test("waits in line where the operator's telephone is not answered: not rung again meanwhile, and not afterwards once they were served", async () => {
    const queueId = await newQueue("Caller first", { ...standardCallbacks, first: "caller" });
    await promise({ queueId });
    const { view, ask } = await desk("101", { telephoneId, queueIds: [queueId] });
    await expect.poll(() => view()?.offer).toBeTruthy();
    const offerId = view()?.offer?.offerId ?? "";
    await ask("POST", `offers/${offerId}/accept`);
    const { companyId } = company;
    const callId = placedCallId(offerId);
    const joining = {
      companyId,
      callId,
      queueId,
      entry: 3,
      priority: 0,
      leaveWhenUnstaffed: true,
      at: "head" as const,
    };
    await centre.join({ ...joining, card: card() });
    await report(offerId, "failed");
    await expect.poll(() => view()?.state).toBe("paused");
    expect(await first()).toMatchObject({ state: "waiting", heldBack: "onTheLine", attempts: [] });
    await ask("POST", "resume");
    await expect.poll(() => view()?.offer?.callback === null && view()?.offer?.callId).toBe(callId);
    const again = view()?.offer?.offerId ?? "";
    await ask("POST", `offers/${again}/accept`);
    await centre.reportLeg({ companyId, callId, offerId: again, report: { kind: "answered" } });
    await expect.poll(() => view()?.state).toBe("talking");
    expect(await first()).toMatchObject({ state: "over", result: "calledIn" });
    expect(placed).toHaveLength(1);
  });

  test("is rung first as well where an operator takes it from the list", async () => {
    const queueId = await newQueue("Caller first", { ...standardCallbacks, first: "caller" });
    const { ask } = await desk("101", { telephoneId, queueIds: [queueId] });
    await promise({ queueId, slotAt: Date.now() + 3_600_000 });
    const { callbackId } = await first();
    await ask("POST", "call-back", { callbackId });
    await expect.poll(() => placed).toMatchObject([{ first: "party" }]);
  });
});
