import type { ApiClient, Company } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { type CallDocument, callCollections } from "../calls/model.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import type { CallOrder } from "../ports/index.ts";
import { standardCallbacks } from "../queues/index.ts";

/** The telephone system as an administrator examines and tries it by REST. */
let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;
const orders: CallOrder[] = [];

beforeAll(async () => {
  runtime = await startTestRuntime({
    doctor: {
      installation: {
        ...{ jambonz: null, applicationSid: null, webhookSecret: null, facingUrl: "http://127.0.0.1:9" },
        socket: { username: "", password: "" },
      },
      placeCall: async (order) => {
        orders.push(order);
        return "taken";
      },
    },
  });
  company = await runtime.company("demo");
  admin = await runtime.user(company, "admin");
});
afterAll(() => runtime.close());

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });

const codeOf = (answer: { ok: true } | { ok: false; error: { code: string } }) =>
  answer.ok ? "ok" : answer.error.code;

test("queues that lead nowhere, or lack a language, are told of: to the administrator, and to whose flow leads there", async () => {
  const scope = systemScope(company.companyId);
  const { queues, prompts } = runtime.features;
  const ines = await runtime.operator(company, "101", "Inès");
  const fields = {
    ...{ order: "longestIdle" as const, offerMs: 20_000, wrapUpMs: null, refusalAllowed: true, missedMeansPause: true },
    ...{ askAgainMs: 0, askAgainAloneMs: 0, scriptId: null, callbacks: standardCallbacks },
  };
  const night = await queues.create(scope, { ...fields, name: "Night", operatorIds: [] });
  const offer = await prompts.create(scope, { name: "Offer", texts: { "fr-FR": "Profitez !" }, replaces: null });
  const sales = await queues.create(scope, {
    ...{ ...fields, name: "Sales", operatorIds: [ines.operatorId] },
    overflow: { queueIds: [night.queueId], afterMs: 60_000, fromWaiting: null },
    music: { holdMusic: [], adverts: [offer.promptId], advertEveryMs: null },
  });
  const { items } = must(await admin.call("telephony.check"));
  expect(items.filter(({ check }) => check === "queues")).toMatchObject([
    { state: "warning", code: "overflowUnserved", sentence: { en: expect.stringContaining("“Night”") } },
    { state: "warning", code: "promptLanguage", sentence: { en: expect.stringContaining("“Offer”") } },
  ]);
  const document = {
    ...{ formatVersion: 1, id: "desk", name: "Desk", languages: ["fr-FR"], entry: "desk" },
    prompts: { music: { texts: {}, builtIn: "holdMusic" }, bye: { texts: {}, builtIn: "goodbye" } },
    nodes: [
      node("desk", "hunt", {
        ...{ queue: sales.queueId, priority: 0, announcement: null, holdMusic: ["music"], maxWaitMs: null },
        ...{ leaveWhenUnstaffed: true, ringMs: 20_000, ringMusic: null },
      }),
      node("bye", "hangup", { prompt: "bye" }),
    ],
    edges: ["ended", "unstaffed"].map((output) => ({ from: "desk", output, to: "bye" })),
  };
  const { findings } = must(
    await admin.call("flows.publish", { params: { flowId: "desk" }, body: { document, note: "" } }),
  );
  const ofQueues = findings.filter(({ code }) => code === "queueProblem");
  expect(ofQueues.map(({ nodeId, severity }) => [nodeId, severity])).toEqual([
    ["desk", "warning"],
    ["desk", "warning"],
  ]);
  expect(ofQueues[0]?.message.en).toContain("“Night”");
});

test("an administrator is told what is wrong, and nobody else", async () => {
  const { items } = must(await admin.call("telephony.check"));
  expect(items.map(({ check, state }) => `${check} ${state}`)).toContain("api error");
  for (const role of ["supervisor", "author", "integrator"] as const) {
    const other = await runtime.user(company, role);
    expect(codeOf(await other.call("telephony.check")), role).toBe("notAllowed");
    expect(
      codeOf(await other.call("telephony.testCall", { body: { to: { kind: "number", number: "0612345678" } } })),
    ).toBe("notAllowed");
  }
});

test("a number is rung first, with nobody at the other end; a telephone as one rings an operator's", async () => {
  const ring = (to: { kind: "number"; number: string } | { kind: "telephone"; telephoneId: string }) =>
    admin.call("telephony.testCall", { body: { to } });
  const { callId } = must(await ring({ kind: "number", number: "06 12 34 56 78" }));
  expect(orders.at(-1)).toMatchObject({
    ...{ callId, number: "+33612345678", first: "party", party: { kind: "nobody", trial: true } },
    ...{ offerId: null, callbackId: null, queueId: null, companyId: company.companyId },
  });
  const target = { kind: "user" as const, name: "d1" };
  const made = await runtime.features.telephones.create(systemScope(company.companyId), { name: "Desk 1", target });
  must(await ring({ kind: "telephone", telephoneId: made.telephoneId }));
  expect(orders.at(-1)).toMatchObject({ telephoneId: made.telephoneId, first: "operator", number: "Desk 1" });

  // What may not be dialled does not ring either: the company pays, and help is not called to try a line.
  const before = orders.length;
  expect(codeOf(await ring({ kind: "number", number: "112" }))).toBe("dialEmergency");
  expect(codeOf(await ring({ kind: "number", number: "0899 70 00 00" }))).toBe("dialPremium");
  expect(codeOf(await ring({ kind: "number", number: "+1 212 555 0100" }))).toBe("dialCountry");
  expect(codeOf(await ring({ kind: "telephone", telephoneId: `tel_${"0".repeat(32)}` }))).toBe("notFound");
  expect(orders.length).toBe(before);
});

test("how far a test call came is told from its trace; another call's trace is not told here", async () => {
  const id = (count: number) => `call_${count.toString(16).padStart(32, "0")}`;
  const start = Date.UTC(2026, 10, 23, 9);
  const keep = (count: number, test: boolean) => {
    const event = (seq: number, kind: string, details: object) => ({
      seq,
      at: start + seq,
      kind,
      nodeId: null,
      details,
    });
    const call = {
      ...{ _id: id(count), companyId: company.companyId, rev: 1, ownerEpoch: 1, owner: "p", callSid: `s${count}` },
      ...{ direction: "outbound", from: null, hidden: false, callerName: null, to: "+33612345678" },
      ...{ lineId: null, lineName: "", flowId: "dialled-call", flowVersionId: null, language: "fr-FR" },
      ...{ status: "ended", startedAt: start, answeredAt: null, endedAt: start + 9, endedBy: "network" },
      ...{ snapshot: null, timers: [], outbox: [], media: null, queue: null, leg: null, script: null },
      ...{ cuts: 0, cutAt: null, unrecorded: true, traceSeq: 2 },
      traceTail: [
        event(1, "began", { direction: "outbound", ...(test && { test, trial: test }) }),
        event(2, "number.missed", { result: "busy" }),
      ],
    };
    return callCollections(runtime.store.connection).calls.insertOne(call as unknown as CallDocument);
  };
  await keep(1, true);
  await keep(2, false);
  const told = must(await admin.call("telephony.testCallSteps", { params: { callId: id(1) } }));
  expect(told.over).toBe(true);
  expect(told.steps.map(({ step, code }) => `${step} ${code}`)).toEqual(["ordered ok", "rings busy"]);
  expect(codeOf(await admin.call("telephony.testCallSteps", { params: { callId: id(2) } }))).toBe("notFound");
  expect(codeOf(await admin.call("telephony.testCallSteps", { params: { callId: id(3) } }))).toBe("notFound");
});
