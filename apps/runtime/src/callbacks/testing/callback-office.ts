import { type ApiClient, type Company, type Operator, realtime as place, type ServerMessage } from "@cordboard/api";
import { io, type Socket } from "socket.io-client";
import { afterEach, beforeEach, expect } from "vitest";
import { systemScope } from "../../access/index.ts";
import { callCentreCollections, createCallCentre, mongoCentreStore, placedCallId } from "../../call-centre/index.ts";
import {
  type CallCentreParts,
  startTestRuntime,
  type TestRuntime,
  testPassword,
} from "../../http/testing/test-runtime.ts";
import { type CallCard, type CallOrder, type PromiseRequest, randomId } from "../../ports/index.ts";
import { queueForDecisions, standardCallbacks } from "../../queues/index.ts";

/** What a test of callbacks finds: made anew for each test, see `openOffice`. */
export let runtime: TestRuntime;
export let centre: ReturnType<typeof createCallCentre>;
export let company: Company;
/** 101, who serves Sales; 102 is Théo, who serves nothing. */
export let ines: Operator;
export let supervisor: ApiClient;
/** The queue Sales, which calls back in the hours of `schedule`, round the clock. */
export let sales: string;
export let schedule: string;
export let telephoneId: string;
/** The calls that were ordered. */
export const placed: CallOrder[] = [];
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

/** Opens a company with a call centre of its own for each test of the file. */
export function openOffice(): void {
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
    telephoneId = (await telephones.create(scope, { name: "Desk 1", target: { kind: "user", name: "d1" } }))
      .telephoneId;
    schedule = (await schedules.create(scope, { name: "Hours", timeZone: null, week, holidays: [] })).scheduleId;
    sales = await newQueue("Sales", { ...standardCallbacks, scheduleId: schedule });
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.disconnect();
    await centre.close();
    await runtime.close();
  });
}

export async function newQueue(
  name: string,
  callbacks = standardCallbacks,
  operatorIds = [ines.operatorId],
): Promise<string> {
  const queue = await runtime.features.queues.create(systemScope(company.companyId), {
    ...{ name, operatorIds, order: "longestIdle", offerMs: 60_000, wrapUpMs: null, refusalAllowed: true },
    ...{ missedMeansPause: true, askAgainMs: 0, askAgainAloneMs: 0, scriptId: null, callbacks },
  });
  return queue.queueId;
}

export const card = (fields: Partial<CallCard> = {}): CallCard => ({
  ...{ from: "+33612345678", hidden: false, callerName: "M. Martin", to: "+33123456789", lineName: "Main" },
  ...{ language: "fr-FR", script: { name: "CRM", url: "https://crm.example/?n=1" }, callStartedAt: 0, ...fields },
});

/** Promises a callback in a call that is over after it. */
export async function promise(change: Partial<PromiseRequest> = {}) {
  const { companyId } = company;
  const callId = randomId("call");
  const { result } = await centre.promiseCallback({
    ...{ companyId, callId, promiseId: "n1.1", queueId: sales },
    ...{ number: "06 12 34 56 78", callerNumber: null, keepPlace: true, scheduleId: null, card: card(), ...change },
  });
  await centre.callEnded({ companyId, callId, by: "caller" });
  return result;
}

/** What was answered, which must not be a refusal. */
export function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

export const listed = async (client = supervisor) => must(await client.call("callbacks.list", { query: {} })).items;
/** The newest. */
export const first = async () => {
  const [callback] = await listed();
  if (!callback) throw new Error("nothing was promised");
  return callback;
};

/** Inès, or another, at her desk with a browser that is connected. */
export async function desk(code = "101", wishes: object = { telephoneId, queueIds: [sales] }) {
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

/** What became of a leg of the call that was placed for an offer. */
export const report = (
  offerId: string,
  kind: "answered" | "failed" | "numberFailed" | "ended",
  result = "busy" as const,
) =>
  centre.reportLeg({
    ...{ companyId: company.companyId, callId: placedCallId(offerId), offerId },
    report: kind === "answered" ? { kind } : kind === "ended" ? { kind, talkMs: 1_000 } : { kind, result },
  });
