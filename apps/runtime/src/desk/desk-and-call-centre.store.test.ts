import { type AgentView, type Company, type Operator, realtime as place, type ServerMessage } from "@cordboard/api";
import { io, type Socket } from "socket.io-client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { callCentreCollections, createCallCentre, mongoCentreStore } from "../call-centre/index.ts";
import {
  type CallCentreParts,
  startTestRuntime,
  type TestRuntime,
  testPassword,
} from "../http/testing/test-runtime.ts";
import {
  type CallInbox,
  type CallOrder,
  type ControlAnswer,
  type ControlRequest,
  type JoinRequest,
  randomId,
} from "../ports/index.ts";
import { queueForDecisions, standardCallbacks } from "../queues/index.ts";

type CallCentreHost = ReturnType<typeof createCallCentre>;

let runtime: TestRuntime;
let centre: CallCentreHost;
let company: Company;
let ines: Operator;
let queueId: string;
let telephoneId: string;
const accepted: Parameters<CallInbox["offerAccepted"]>[0][] = [];
const placed: CallOrder[] = [];
const controlled: ControlRequest[] = [];
let controlAnswer: ControlAnswer = "done";
const sockets: Socket[] = [];

/** The call centre as the runtime has it; the calls are the test's. */
function wholeCallCentre({ connection, bus, clock, features }: CallCentreParts): CallCentreHost {
  return createCallCentre({
    store: mongoCentreStore(callCentreCollections(connection)),
    bus,
    clock,
    makeId: randomId,
    log: { info() {}, warn() {}, error() {} },
    processId: randomId("proc"),
    inbox: {
      async offerAccepted(request) {
        accepted.push(request);
        return "taken";
      },
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

beforeEach(async () => {
  accepted.length = 0;
  placed.length = 0;
  controlled.length = 0;
  controlAnswer = "done";
  runtime = await startTestRuntime({
    control: async (request) => {
      controlled.push(request);
      return controlAnswer;
    },
    commands: (parts) => {
      centre = wholeCallCentre(parts);
      return centre;
    },
  });
  await centre.start();
  company = await runtime.company("demo");
  ines = await runtime.operator(company, "101", "Inès");
  await runtime.operator(company, "102", "Théo");
  const scope = systemScope(company.companyId);
  const target = { kind: "user", name: "d1" } as const;
  telephoneId = (await runtime.features.telephones.create(scope, { name: "Desk 1", target })).telephoneId;
  const queue = await runtime.features.queues.create(scope, {
    name: "Sales",
    operatorIds: [ines.operatorId],
    order: "longestIdle",
    offerMs: 60_000,
    wrapUpMs: null,
    refusalAllowed: true,
    missedMeansPause: true,
    askAgainMs: 0,
    askAgainAloneMs: 0,
    scriptId: null,
    callbacks: standardCallbacks,
  });
  queueId = queue.queueId;
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await centre.close();
  await runtime.close();
});

async function signIn(code: string, wishes: object) {
  const answer = await fetch(`${runtime.baseUrl}/api/desk/session`, {
    method: "POST",
    body: JSON.stringify({ code, password: testPassword, ...wishes }),
    headers: { "Content-Type": "application/json", "X-Cordboard": "1" },
  });
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const ask = (method: string, path: string, body?: object) =>
    fetch(`${runtime.baseUrl}/api/desk/${path}`, {
      method,
      headers: { "Content-Type": "application/json", "X-Cordboard": "1", Cookie: cookie },
      ...(body && { body: JSON.stringify(body) }),
    }).then(async (answered) => ({
      status: answered.status,
      body: answered.status === 204 ? null : await answered.json(),
    }));
  return { cookie, ask, body: await answer.json() };
}

function agent(cookie: string): () => AgentView | undefined {
  const extraHeaders = { Cookie: cookie };
  const socket = io(`${runtime.baseUrl}${place.namespace}`, {
    path: place.path,
    transports: ["websocket"],
    forceNew: true,
    extraHeaders,
  });
  sockets.push(socket);
  let latest: AgentView | undefined;
  socket.on("message", (message: ServerMessage) => {
    if (message.type === "view" && message.view.seq >= (latest?.seq ?? 0)) latest = message.view;
  });
  return () => latest;
}

const caller = (callId: string): JoinRequest => ({
  companyId: company.companyId,
  callId,
  queueId,
  entry: 1,
  priority: 0,
  leaveWhenUnstaffed: false,
  card: {
    from: "+33612345678",
    hidden: false,
    callerName: null,
    to: "+33123456789",
    lineName: "Main",
    language: "fr-FR",
    script: { name: "CRM", url: "https://crm.example/?n=1" },
    callStartedAt: Date.now(),
  },
});

test("a caller who joins pops up over the socket, is accepted by REST, and the call is told which telephone to ring", async () => {
  const { cookie, ask, body } = await signIn("101", { telephoneId, queueIds: [queueId] });
  expect(body.refusal).toBeNull();
  const shown = agent(cookie);
  await expect.poll(() => shown()?.state).toBe("available");
  const callId = randomId("call");
  await centre.join(caller(callId));
  await expect.poll(() => shown()?.offer?.card.fromText).toBe("06 12 34 56 78");
  const offerId = shown()?.offer?.offerId ?? "";
  const answer = await ask("POST", `offers/${offerId}/accept`);
  expect(answer.status).toBe(200);
  expect(answer.body.view).toMatchObject({ state: "ringing", call: { callId, card: { lineName: "Main" } } });
  await expect.poll(() => accepted.length).toBeGreaterThan(0);
  expect(accepted[0]).toMatchObject({
    callId,
    offerId,
    operatorName: "Inès",
    target: { kind: "telephone", telephoneId },
  });
  await expect.poll(() => shown()?.state).toBe("ringing");
  const of = { companyId: company.companyId, callId, offerId };
  await centre.reportLeg({ ...of, report: { kind: "answered" } });
  await expect.poll(() => shown()?.state).toBe("talking");
  await centre.reportLeg({ ...of, report: { kind: "ended", talkMs: 1000 } });
  await expect.poll(() => shown()?.state).toBe("wrapUp");
  expect((await ask("POST", "ready")).body.view.state).toBe("available");
});

test("a caller who hangs up withdraws the pop-up, and a late accept is told so", async () => {
  const { cookie, ask } = await signIn("101", { telephoneId, queueIds: [queueId] });
  const shown = agent(cookie);
  await expect.poll(() => shown()?.state).toBe("available");
  const callId = randomId("call");
  await centre.join(caller(callId));
  await expect.poll(() => shown()?.offer).toBeTruthy();
  const offerId = shown()?.offer?.offerId;
  await centre.callEnded({ companyId: company.companyId, callId, by: "caller" });
  await expect.poll(() => shown()?.offer).toBeNull();
  expect(shown()?.notices.map(({ code }) => code)).toContain("callerGone");
  const late = await ask("POST", `offers/${offerId}/accept`);
  expect(late.status).toBe(409);
  expect(late.body.error).toMatchObject({ code: "offerGone", details: { how: "withdrawn" } });
});

test("two operators who choose one telephone: the second is told who has it, and may take it over", async () => {
  const first = await signIn("101", { telephoneId, queueIds: [queueId] });
  const second = await signIn("102", { telephoneId });
  expect(second.body.refusal).toMatchObject({ code: "telephoneTaken", details: { holder: "Inès" } });
  expect(second.body.view).toMatchObject({ telephone: null, shift: { shiftId: expect.any(String) } });
  const taken = await second.ask("PUT", "telephone", { telephoneId, takeOver: true });
  expect(taken.body.view.telephone).toMatchObject({ telephoneId });
  const before = await first.ask("GET", "");
  expect(before.body.view).toMatchObject({ telephone: null, state: "paused", pause: { reason: "telephoneTaken" } });
});

test("a queue that the operator may not serve is refused by name, and signing out ends the shift", async () => {
  const { ask } = await signIn("102", {});
  const refused = await ask("PUT", "queues", { queueIds: [queueId] });
  expect(refused.body.error).toMatchObject({ code: "queueNotAllowed", details: { queueId } });
  const operators = await runtime.features.operators.list(systemScope(company.companyId));
  const theo = operators.find(({ code }) => code === "102")?.operatorId ?? "";
  expect((await centre.view(company.companyId, theo)).shiftId).not.toBeNull();
  await ask("DELETE", "session");
  expect(await centre.view(company.companyId, theo)).toMatchObject({ shiftId: null, state: "offline" });
});

test("a wrap-up is extended as often as its queue allows, and waits for an outcome where the queue asks for one; both are kept", async () => {
  const scope = systemScope(company.companyId);
  const { companyId: _, code: __, rev, ...fields } = await runtime.features.companies.get(scope);
  const outcomes = ["sold", "info"].map((code) => ({ code, name: { fr: code, en: code } }));
  await runtime.features.companies.change(scope, rev, { ...fields, outcomes });
  const { queueId: ___, rev: queueRev, ...queue } = await runtime.features.queues.get(scope, queueId);
  const afterCall = { extensions: 1, extensionMs: 60_000, outcomes: ["sold"], outcomeNeeded: true };
  await runtime.features.queues.change(scope, queueId, queueRev, { ...queue, wrapUpMs: 30_000, afterCall });
  await centre.queuesChanged(company.companyId);
  const { cookie, ask } = await signIn("101", { telephoneId, queueIds: [queueId] });
  const shown = agent(cookie);
  await expect.poll(() => shown()?.state).toBe("available");
  const callId = randomId("call");
  await centre.join(caller(callId));
  await expect.poll(() => shown()?.offer).toBeTruthy();
  const offerId = shown()?.offer?.offerId ?? "";
  await ask("POST", `offers/${offerId}/accept`);
  const of = { companyId: company.companyId, callId, offerId };
  await centre.reportLeg({ ...of, report: { kind: "answered" } });
  const note = (said: object) => ask("PUT", `calls/${callId}/note`, { outcome: null, note: "", ...said });
  expect((await note({ note: "Wants the red one" })).body.view.call).toMatchObject({
    outcomes: [{ code: "sold" }],
    outcomeNeeded: true,
    outcome: null,
    note: "Wants the red one",
  });
  expect((await ask("POST", "wrap-up/extend")).body.error.code).toBe("noExtension");
  await centre.reportLeg({ ...of, report: { kind: "ended", talkMs: 1000 } });
  await expect.poll(() => shown()?.wrapUpExtension).toEqual({ left: 1, ms: 60_000 });
  const endsAt = Date.parse(shown()?.wrapUpEndsAt ?? "");
  const extended = (await ask("POST", "wrap-up/extend")).body.view;
  expect([Date.parse(extended.wrapUpEndsAt) - endsAt, extended.wrapUpExtension]).toEqual([60_000, null]);
  expect((await ask("POST", "wrap-up/extend")).body.error.code).toBe("noExtension");
  expect((await ask("POST", "ready")).body.error.code).toBe("outcomeMissing");
  expect((await note({ outcome: "info" })).body.error.code).toBe("outcomeUnknown");
  await note({ outcome: "sold", note: "Wants the red one, by Friday" });
  expect((await ask("POST", "ready")).body.view.state).toBe("available");
  expect((await note({ note: "too late" })).body.error.code).toBe("notYourCall");
  const { callNotes } = callCentreCollections(runtime.store.connection);
  const kept = () => callNotes.find({ companyId: company.companyId, callId }).toArray();
  await expect
    .poll(kept)
    .toMatchObject([{ operatorId: ines.operatorId, queueId, outcome: "sold", note: "Wants the red one, by Friday" }]);
});

test("who talks passes the call on with their note, mutes, presses keys and hangs up; nobody else, and to nobody who cannot take it", async () => {
  const { cookie, ask } = await signIn("101", { telephoneId, queueIds: [queueId] });
  const shown = agent(cookie);
  await expect.poll(() => shown()?.state).toBe("available");
  const callId = randomId("call");
  await centre.join(caller(callId));
  await expect.poll(() => shown()?.offer).toBeTruthy();
  const offerId = shown()?.offer?.offerId ?? "";
  await ask("POST", `offers/${offerId}/accept`);
  const passOn = (to: object) => ask("POST", `calls/${callId}/pass-on`, { to });
  const code = async (answer: Promise<{ body: { error?: { code: string } } }>) => (await answer).body.error?.code;
  expect(await code(passOn({ kind: "queue", queueId }))).toBe("notYourCall");
  const of = { companyId: company.companyId, callId, offerId };
  await centre.reportLeg({ ...of, report: { kind: "answered" } });
  await ask("PUT", `calls/${callId}/note`, { outcome: null, note: "the red one" });

  const directory = (await ask("GET", "pass-on-targets")).body;
  expect(directory).toMatchObject({
    operators: [{ name: "Théo", state: "offline", free: false }],
    queues: [{ queueId, name: "Sales", staffed: true }],
    switchboard: false,
  });
  const theo = directory.operators[0].operatorId;
  expect(await code(passOn({ kind: "operator", operatorId: theo }))).toBe("operatorNotFree");
  expect(await code(passOn({ kind: "switchboard" }))).toBe("noSwitchboard");
  expect(await code(passOn({ kind: "number", number: "17" }))).toBe("numberNotRung");
  expect(await code(passOn({ kind: "queue", queueId: `queue_${"0".repeat(32)}` }))).toBe("notFound");
  expect(controlled).toEqual([]);
  expect((await passOn({ kind: "number", number: "01 43 67 09 03" })).status).toBe(200);
  expect(controlled).toMatchObject([
    {
      ...{ callId, offerId, queueId, operatorId: ines.operatorId },
      control: { kind: "passOn", to: { kind: "number", number: "+33143670903" }, outcome: null, note: "the red one" },
    },
  ]);
  await ask("PUT", `calls/${callId}/mute`, { muted: true });
  await ask("PUT", `calls/${callId}/hold`, { held: true });
  await ask("POST", `calls/${callId}/keys`, { key: "#" });
  await ask("POST", `calls/${callId}/hang-up`);
  expect(controlled.slice(1).map(({ control }) => control)).toEqual([
    { kind: "mute", muted: true },
    { kind: "hold", held: true },
    { kind: "digit", digit: "#" },
    { kind: "hangUp" },
  ]);
  controlAnswer = "gone";
  expect(await code(passOn({ kind: "queue", queueId }))).toBe("notYourCall");
  controlAnswer = "unowned";
  expect((await passOn({ kind: "queue", queueId })).status).toBe(503);

  // A colleague is asked first: the same call, as an offer of their own, that says who asks; then it is theirs.
  controlAnswer = "asking";
  const consult = (to: object) => ask("POST", `calls/${callId}/consult`, { to });
  expect(await code(consult({ kind: "operator", operatorId: theo }))).toBe("operatorNotFree");
  const { telephones } = runtime.features;
  const second = { name: "Desk 2", target: { kind: "user", name: "d2" } as const };
  const other = (await telephones.create(systemScope(company.companyId), second)).telephoneId;
  const theirs = await signIn("102", { telephoneId: other });
  const theoSees = agent(theirs.cookie);
  await expect.poll(() => theoSees()?.state).toBe("available");
  expect(await code(consult({ kind: "operator", operatorId: theo }))).toBe("consultUnderWay");
  expect(await code(consult({ kind: "number", number: "112" }))).toBe("numberNotRung");
  expect(await code(consult({ kind: "telephone", telephoneId: `tel_${"0".repeat(32)}` }))).toBe("notFound");
  controlAnswer = "notYet";
  expect(await code(ask("POST", `calls/${callId}/consult/complete`))).toBe("consultNotTalking");
  expect(controlled.at(-1)?.control).toEqual({ kind: "completeConsult", outcome: null, note: "the red one" });
  const from = { operatorId: ines.operatorId, at: Date.now(), outcome: null, note: "the red one" };
  const asked = caller(callId);
  const { card } = asked;
  await centre.join({
    ...{ ...asked, entry: 7, leaveWhenUnstaffed: true, at: "head", consult: true },
    ...{ named: { operatorId: theo, only: true }, card: { ...card, consultedBy: from } },
  });
  await expect.poll(() => theoSees()?.offer?.card.consultedBy).toMatchObject({ operatorName: "Inès", note: from.note });
  await centre.reportLeg({
    ...of,
    report: {
      kind: "consult",
      consult: { to: { kind: "operator", operatorId: theo }, state: "offered", why: null, since: 1, operatorId: null },
    },
  });
  await expect.poll(() => shown()?.call?.consult).toMatchObject({ kind: "operator", name: "Théo", state: "offered" });
  // Nobody waits for it.
  expect(shown()?.queues).toMatchObject([{ waiting: 0 }]);
  const theirOffer = theoSees()?.offer?.offerId ?? "";
  await theirs.ask("POST", `offers/${theirOffer}/accept`);
  await expect.poll(() => accepted.at(-1)).toMatchObject({ callId, entry: 7, offerId: theirOffer });
  const theirLeg = { ...of, offerId: theirOffer };
  await centre.reportLeg({ ...theirLeg, report: { kind: "answered" } });
  await expect.poll(() => theoSees()?.call).toMatchObject({ callId, mayPassOn: false, outcomeNeeded: false });
  await centre.reportLeg({ ...of, report: { kind: "ended", talkMs: 1 } });
  for (const _ of [1, 2]) await centre.reportLeg({ ...theirLeg, report: { kind: "given", from } });
  await expect.poll(() => theoSees()?.call?.mayPassOn).toBe(true);
  expect(theoSees()?.call?.card.passedOn).toMatchObject([{ operatorName: "Inès", note: "the red one" }]);
  await expect.poll(() => shown()?.state).toBe("wrapUp");
});
