import {
  type ApiClient,
  type Company,
  createBoardKeeper,
  type LiveBoard,
  LiveMessage,
  liveSockets,
  type Operator,
  realtime as place,
  type ServerMessage,
  type UserRole,
} from "@cordboard/api";
import { io, type Socket } from "socket.io-client";
import { Value } from "typebox/value";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import {
  type CallCentreParts,
  startTestRuntime,
  type TestRuntime,
  testPassword,
} from "../http/testing/test-runtime.ts";
import { wholeCallCentre } from "../http/testing/whole-call-centre.ts";
import { type CallInbox, randomId } from "../ports/index.ts";
import { standardCallbacks } from "../queues/index.ts";

let runtime: TestRuntime;
let centre: ReturnType<typeof wholeCallCentre>;
let parts: CallCentreParts;
let company: Company;
let ines: Operator;
let theo: Operator;
let supervisor: ApiClient;
let sales: string;
let help: string;
const sockets: Socket[] = [];
/** What calls were told of a line that does not take them. */
let turnedAway: Parameters<CallInbox["unstaffed"]>[0][] = [];

beforeEach(async () => {
  runtime = await startTestRuntime({
    commands: (given) => {
      parts = given;
      turnedAway = [];
      centre = wholeCallCentre(given, {
        unstaffed: async (request) => {
          turnedAway.push(request);
          return "taken";
        },
      });
      return centre;
    },
  });
  await centre.start();
  company = await runtime.company("demo");
  ines = await runtime.operator(company, "101", "Inès");
  theo = await runtime.operator(company, "102", "Théo");
  supervisor = await runtime.user(company, "supervisor");
  sales = await newQueue("Sales", [ines.operatorId, theo.operatorId]);
  help = await newQueue("Help", [theo.operatorId]);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await centre.close();
  await runtime.close();
});

async function newQueue(name: string, operatorIds: string[]): Promise<string> {
  const queue = await runtime.features.queues.create(systemScope(company.companyId), {
    ...{ name, operatorIds, order: "longestIdle", offerMs: 60_000, wrapUpMs: null, refusalAllowed: true },
    ...{ missedMeansPause: true, askAgainMs: 0, askAgainAloneMs: 0, scriptId: null, callbacks: standardCallbacks },
    ...{ goal: { percent: 90, withinMs: 30_000 } },
  });
  return queue.queueId;
}

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const socketTo = (namespace: string, Cookie: string) => {
  const socket = io(`${runtime.baseUrl}${namespace}`, {
    ...{ path: place.path, transports: ["websocket"], forceNew: true, reconnection: false, extraHeaders: { Cookie } },
  });
  sockets.push(socket);
  return socket;
};

/** The cookies of somebody who signs in by hand. */
async function cookiesOf(path: string, body: object): Promise<string> {
  const answer = await fetch(`${runtime.baseUrl}${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", "X-Cordboard": "1" },
  });
  expect(answer.status).toBe(200);
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}

/** An operator at a desk of their own, with a browser that is connected. */
async function desk(code: string, queueIds: string[]) {
  const scope = systemScope(company.companyId);
  const target = { kind: "user", name: `d${code}` } as const;
  const { telephoneId } = await runtime.features.telephones.create(scope, { name: `Desk ${code}`, target });
  const body = { company: company.code, code, password: testPassword, telephoneId, queueIds };
  const Cookie = await cookiesOf("/api/desk/session", body);
  const told: ServerMessage[] = [];
  socketTo(place.namespace, Cookie).on("message", (message: ServerMessage) => told.push(message));
  const view = () => told.flatMap((message) => (message.type === "view" ? [message.view] : [])).at(-1);
  await expect.poll(() => view()?.state).toMatch(/available|offered/);
  const ask = (path: string) =>
    fetch(`${runtime.baseUrl}/api/desk/${path}`, { method: "POST", headers: { "X-Cordboard": "1", Cookie } });
  const put = (path: string, body: object) =>
    fetch(`${runtime.baseUrl}/api/desk/${path}`, {
      method: "PUT",
      headers: { "X-Cordboard": "1", "Content-Type": "application/json", Cookie },
      body: JSON.stringify(body),
    });
  return { view, ask, put };
}

/** A live board in a supervisor's browser: kept by what the socket says, and read again where it says so. */
async function liveBoard(role: UserRole = "supervisor") {
  const email = `${role}.${company.code}@example.com`;
  const Cookie = await cookiesOf("/api/session", { company: company.code, email, password: testPassword });
  const socket = socketTo(liveSockets.namespace, Cookie);
  const told: LiveMessage[] = [];
  const ended: string[] = [];
  let board: LiveBoard | null = null;
  let readings = 0;
  const keeper = createBoardKeeper({
    read: async () => {
      readings += 1;
      return must(await supervisor.call("live.get"));
    },
    show: (shown) => {
      board = shown;
    },
  });
  socket.on("connect_error", ({ message }) => ended.push(message));
  socket.on("disconnect", (reason) => ended.push(reason));
  socket.on("message", (message: unknown) => {
    if (!Value.Check(LiveMessage, message)) throw new Error(`not a message: ${JSON.stringify(message)}`);
    told.push(message);
    if (message.type === "changes") keeper.take(message);
  });
  await expect.poll(() => socket.connected || ended.length > 0).toBe(true);
  if (socket.connected) await keeper.refresh();
  return {
    ended,
    told,
    readings: () => readings,
    queue: (id: string) => board?.queues.find(({ queueId }) => queueId === id),
    operator: (id: string) => board?.operators.find(({ operatorId }) => operatorId === id),
  };
}

async function caller(from = "+33612345678", queueId = sales): Promise<string> {
  const callId = randomId("call");
  await centre.join({
    ...{ companyId: company.companyId, callId, queueId, entry: 1, priority: 0, leaveWhenUnstaffed: false },
    card: {
      ...{ from, hidden: from === "", callerName: null, to: "+33123456789", lineName: "Main", language: "fr-FR" },
      ...{ script: null, callStartedAt: Date.now() },
    },
  });
  return callId;
}

const callers = async (queueId = sales) =>
  must(await supervisor.call("live.callers", { params: { queueId } })).items.map(({ callId }) => callId);

describe("the live board", () => {
  test("shows a call from its first second to its end, by one message a second at most and without reading again", async () => {
    const { queue, operator, readings, told } = await liveBoard();
    expect(queue(sales)).toMatchObject({ name: "Sales", waiting: 0, signedIn: 0, goal: { percent: 90 } });
    expect(operator(ines.operatorId)).toMatchObject({ name: "Inès", state: "offline", since: null });
    const begun = Date.now();
    const callId = await caller();
    await expect.poll(() => queue(sales)?.waiting).toBe(1);
    expect(Date.parse(queue(sales)?.longestSince ?? "")).toBeGreaterThanOrEqual(begun - 5);
    const { view, ask, put } = await desk("101", [sales]);
    await expect
      .poll(() => operator(ines.operatorId))
      .toMatchObject({
        ...{ state: "offered", telephoneName: "Desk 101", queueIds: [sales], connected: true },
        on: { callId, queueId: sales, fromText: "06 12 34 56 78", callback: false, helpSince: null },
      });
    expect(queue(sales)).toMatchObject({ signedIn: 1, available: 0, waiting: 1 });
    const offerId = view()?.offer?.offerId ?? "";
    await ask(`offers/${offerId}/accept`);
    const of = { companyId: company.companyId, callId, offerId };
    await centre.reportLeg({ ...of, report: { kind: "answered" } });
    await expect.poll(() => operator(ines.operatorId)?.state).toBe("talking");
    await expect
      .poll(() => queue(sales))
      .toMatchObject({ waiting: 0, longestSince: null, day: { offered: 1, answered: 1, inTime: 1, serviceLevel: 1 } });
    expect((await put(`calls/${callId}/help`, { wanted: true })).status).toBe(200);
    await expect.poll(() => operator(ines.operatorId)?.on?.helpSince).toEqual(expect.any(String));
    expect(view()?.call?.helpSince).toBe(operator(ines.operatorId)?.on?.helpSince);
    await centre.reportLeg({ ...of, report: { kind: "ended", talkMs: 1000 } });
    await expect.poll(() => operator(ines.operatorId)?.on?.helpSince).toBeNull();
    await ask("ready");
    await expect.poll(() => operator(ines.operatorId)?.on).toBeNull();
    expect(queue(sales)).toMatchObject({ available: 1, halfHour: { answered: 1, serviceLevel: 1 } });
    expect(readings()).toBe(1);
    const times = told.flatMap((message) =>
      message.type === "changes" && message.queues.length + message.operators.length > 0
        ? [Date.parse(message.now)]
        : [],
    );
    // Once a second at most; one that is told late does not hold up the next.
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000;
    expect(times.length - 1).toBeLessThanOrEqual(seconds + 1);
  });

  test("counts the day also when another process has taken over, and who hangs up at once apart", async () => {
    const left = await caller();
    await centre.leave({ companyId: company.companyId, callId: left, queueId: sales, entry: 1 });
    const short = await caller();
    await centre.callEnded({ companyId: company.companyId, callId: short, by: "caller" });
    await caller();
    const before = must(await supervisor.call("live.get")).queues.find(({ queueId }) => queueId === sales);
    expect(before?.day).toMatchObject({ offered: 3, left: 1, shortAbandoned: 1, abandoned: 0, serviceLevel: 0 });
    const epoch = (await centre.live(company.companyId)).epoch;
    await centre.close();
    const other = wholeCallCentre(parts);
    const after = await other.live(company.companyId);
    expect(after.epoch).toBeGreaterThan(epoch);
    const day = after.queues.find(({ queueId }) => queueId === sales)?.day;
    expect(day).toMatchObject({ offered: 3, left: 1, shortAbandoned: 1, abandoned: 0 });
    await other.close();
  });

  test("never shows a hidden number", async () => {
    await desk("101", [sales]);
    await caller("");
    const shown = must(await supervisor.call("live.callers", { params: { queueId: sales } }));
    expect(shown.items).toMatchObject([{ hidden: true, fromText: null, callerName: null }]);
  });

  test("is closed to who may not see it, and ends with the session", async () => {
    await runtime.user(company, "author");
    expect((await liveBoard("author")).ended).toEqual(["notSignedIn"]);
    const { ended, told } = await liveBoard();
    const sessions = runtime.store.connection.collection("sessions");
    const [session] = await sessions.find({ kind: "user" }).sort({ createdAt: -1 }).limit(1).toArray();
    await runtime.features.sessions.end(String(session?._id));
    await expect.poll(() => ended.length + told.filter(({ type }) => type === "sessionEnded").length).toBe(2);
  });
});

describe("a supervisor", () => {
  const audited = async () => {
    const admin = await runtime.user(company, "admin");
    return must(await admin.call("audit.list", { query: { resource: "live" } })).items;
  };
  const force = (operatorId: string, to: "available" | "paused" | "offline") =>
    supervisor.call("live.force", { params: { operatorId }, body: { to } });

  test("pauses an operator, brings them back and signs them out; each is in the audit log", async () => {
    const { view } = await desk("101", [sales]);
    expect(must(await force(ines.operatorId, "paused"))).toEqual({ later: false });
    await expect.poll(() => view()).toMatchObject({ state: "paused", pause: { reason: "forced" } });
    must(await force(ines.operatorId, "available"));
    await expect.poll(() => view()?.state).toBe("available");
    must(await force(ines.operatorId, "offline"));
    await expect.poll(() => view()?.shift).toBeNull();
    expect(await force(ines.operatorId, "available")).toMatchObject({
      error: { code: "operatorNotSignedIn", message: "Inès is not signed in." },
    });
    expect(await audited()).toMatchObject([
      { action: "live.force", targetName: "Inès", by: { name: "supervisor of demo" }, after: { state: "offline" } },
      { after: { state: "available" } },
      { after: { state: "paused" } },
    ]);
  });

  test("of somebody who talks: it takes hold after the call, which nobody cuts", async () => {
    const { view, ask } = await desk("101", [sales]);
    const callId = await caller();
    await expect.poll(() => view()?.offer).toBeTruthy();
    const offerId = view()?.offer?.offerId ?? "";
    await ask(`offers/${offerId}/accept`);
    await centre.reportLeg({ companyId: company.companyId, callId, offerId, report: { kind: "answered" } });
    expect(must(await force(ines.operatorId, "paused"))).toEqual({ later: true });
    await expect.poll(() => view()).toMatchObject({ state: "talking", afterCall: "pause" });
  });

  test("writes to the operators of a queue, who say that they have read it", async () => {
    const first = await desk("101", [sales]);
    const second = await desk("102", [help]);
    const body = { to: { queueId: sales }, text: "Meeting at ten." };
    expect(must(await supervisor.call("live.notice", { body }))).toEqual({ told: 1 });
    await expect
      .poll(() => first.view()?.notices.at(-1))
      .toMatchObject({
        code: "fromSupervisor",
        by: "supervisor of demo",
        text: "Meeting at ten.",
        toAcknowledge: true,
      });
    expect(second.view()?.notices).toEqual([]);
    const operator = async () =>
      must(await supervisor.call("live.get")).operators.find(({ operatorId }) => operatorId === ines.operatorId);
    expect(await operator()).toMatchObject({ toAcknowledge: 1 });
    await first.ask(`notices/${first.view()?.notices.at(-1)?.noticeId}/acknowledge`);
    await expect.poll(() => first.view()?.notices.at(-1)?.toAcknowledge).toBe(false);
    expect(await operator()).toMatchObject({ toAcknowledge: 0 });
    expect(must(await supervisor.call("live.notice", { body: { ...body, to: { everyone: true } } }))).toEqual({
      told: 2,
    });
    expect((await audited())[1]).toMatchObject({ targetName: "Sales", after: { notice: body.text, told: ["Inès"] } });
    const nobody = { to: { queueId: `queue_${"9".repeat(32)}` }, text: "?" };
    expect(await supervisor.call("live.notice", { body: nobody })).toMatchObject({ error: { code: "nobodySignedIn" } });
  });

  test("moves a caller up, who is offered next; and to another queue, where what they waited counts", async () => {
    const [first, second, third] = [await caller("+33611111111"), await caller("+33622222222"), await caller()];
    must(await supervisor.call("live.moveUp", { params: { callId: third } }));
    expect(await callers()).toEqual([third, first, second]);
    const later = await caller("+33644444444", help);
    must(await supervisor.call("live.moveTo", { params: { callId: second }, body: { queueId: help } }));
    expect(await callers(help)).toEqual([second, later]);
    const { view } = await desk("101", [sales]);
    await expect.poll(() => view()?.offer?.callId).toBe(third);
    const gone = { params: { callId: randomId("call") } };
    expect(await supervisor.call("live.moveUp", gone)).toMatchObject({ error: { code: "notFound" } });
    const nowhere = { params: { callId: first }, body: { queueId: `queue_${"9".repeat(32)}` } };
    expect(await supervisor.call("live.moveTo", nowhere)).toMatchObject({ error: { code: "notFound" } });
    expect(await audited()).toMatchObject([
      { action: "live.moveTo", targetId: second, after: { queue: "Help" } },
      { action: "live.moveUp", targetId: third },
    ]);
  });

  test("closes a queue by hand, at once: who comes is turned away and told by whom, who waits is served; everybody sees it", async () => {
    const waiting = await caller();
    const { queue } = await liveBoard();
    const { view } = await desk("102", [help]);
    const body = { to: "closed", until: null, sendsAway: false, reason: "Fire drill" } as const;
    const params = { queueId: sales };
    const { byHand } = must(await supervisor.call("live.open", { params, body }));
    expect(byHand).toMatchObject({ state: "closed", until: null, reason: "Fire drill" });
    const late = await caller();
    await expect.poll(() => turnedAway.map(({ callId }) => callId)).toEqual([late]);
    expect(turnedAway[0]?.turnedAway).toEqual({ closed: { by: byHand?.by, reason: "Fire drill" } });
    await expect.poll(() => queue(sales)?.opening).toEqual({ open: false, byHand });
    await expect
      .poll(() => view()?.queues.map(({ name, closed = false }) => [name, closed]))
      .toEqual([
        ["Help", false],
        ["Sales", true],
      ]);
    expect(await callers()).toContain(waiting);
    expect(await audited()).toMatchObject([
      { action: "live.open", targetId: sales, targetName: "Sales", after: { state: "closed", reason: "Fire drill" } },
    ]);
    // Whoever decides next knows it from the store, and nobody's form for the queue is out of date.
    const [before] = await runtime.features.queues.listWithByHand(company.companyId);
    expect(
      (await runtime.features.queues.listWithByHand(company.companyId)).map(({ byHand }) => byHand?.state),
    ).toEqual([undefined, "closed"]);
    expect(before?.queue.rev).toBe(1);
    must(await supervisor.call("live.open", { params, body: { ...body, to: "hours" } }));
    await expect.poll(() => queue(sales)?.opening).toEqual({ open: true, byHand: null });
    const next = await caller();
    expect(await callers()).toContain(next);
  });

  test("sends those away who wait, where that is wished", async () => {
    const waiting = await caller();
    const body = { to: "closed", until: null, sendsAway: true, reason: "" } as const;
    must(await supervisor.call("live.open", { params: { queueId: sales }, body }));
    await expect.poll(() => turnedAway.map(({ callId }) => callId)).toEqual([waiting]);
  });

  test("opens and closes a queue until its hours change next, or a moment that is to come", async () => {
    const params = { queueId: sales };
    const open = (until: string | null) =>
      supervisor.call("live.open", { params, body: { to: "closed", until, sendsAway: false, reason: "" } });
    expect(await open("nextChange")).toMatchObject({
      error: { code: "queueWithoutHours", message: expect.stringContaining("Sales") },
    });
    expect(await open("2020-01-01T00:00:00Z")).toMatchObject({ error: { code: "scheduleInvalid" } });
    const scope = systemScope(company.companyId);
    const allDay: [string, string][] = [["00:00", "24:00"]];
    const week = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
    const now = new Date();
    const tomorrow = (["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const)[(now.getUTCDay() + 3) % 7] ?? "mon";
    const schedule = await runtime.features.schedules.create(scope, {
      ...{ name: "Hours", timeZone: "UTC", holidays: [], week: { ...week, [tomorrow]: allDay } },
    });
    const [, { queue } = { queue: null }] = await runtime.features.queues.listWithByHand(company.companyId);
    if (!queue) throw new Error("no queue");
    const { queueId, rev, ...fields } = queue;
    const opening = { scheduleId: schedule.scheduleId, promptId: null, boxId: null };
    await runtime.features.queues.change(scope, queueId, rev, { ...fields, opening });
    await centre.queuesChanged(company.companyId);
    // Closed by its hours: nobody closed it by hand.
    const late = await caller();
    await expect.poll(() => turnedAway.map(({ callId }) => callId)).toEqual([late]);
    expect(turnedAway[0]?.turnedAway).toEqual({ closed: { by: null, reason: null } });
    const { byHand } = must(await open("nextChange"));
    expect(byHand?.until).toBe(schedule.current.until);
    const opened = must(
      await supervisor.call("live.open", {
        params,
        body: { to: "open", until: "nextChange", sendsAway: true, reason: "" },
      }),
    );
    expect(Date.parse(opened.byHand?.until ?? "") - Date.parse(byHand?.until ?? "")).toBe(86_400_000);
    expect(opened.byHand?.sendsAway).toBe(false);
    const taken = await caller();
    expect(await callers()).toContain(taken);
    expect(await runtime.features.schedules.remove(scope, schedule.scheduleId).catch(({ code }) => code)).toBe("inUse");
  });
});
