import type { ApiClient, CallSummary, Company, InputOf, Operator, Routes } from "@cordboard/api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { callCentreCollections } from "../call-centre/index.ts";
import { callCollections } from "../calls/model.ts";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";
import { systemClock } from "../ports/index.ts";
import { standardCallbacks } from "../queues/index.ts";
import { recordNotes } from "./call-notes.ts";
import { callRecordCollection, storedRecord } from "./model.ts";
import { createRecorder } from "./recorder.ts";
import { deleteOldCalls } from "./retention.ts";
import { answeredLines, type CallToKeep, callIdOf, keepCall } from "./testing/kept-call.ts";

let runtime: TestRuntime;
let company: Company;
let supervisor: ApiClient;
let ines: Operator;
let sales: string;
let support: string;
let companies = 0;

beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.close());

const queueFields = {
  order: "longestIdle" as const,
  offerMs: 20_000,
  wrapUpMs: null,
  refusalAllowed: true,
  missedMeansPause: true,
  askAgainMs: 0,
  askAgainAloneMs: 0,
  scriptId: null,
  callbacks: standardCallbacks,
};

/** A company of its own for each test. */
beforeEach(async () => {
  const code = `demo${companies++}`;
  company = await runtime.company(code);
  supervisor = await runtime.user(company, "supervisor");
  ines = await runtime.operator(company, "101", "Inès");
  const scope = systemScope(company.companyId);
  const { queues } = runtime.features;
  const operatorIds = [ines.operatorId];
  sales = (await queues.create(scope, { name: "Sales", operatorIds, ...queueFields })).queueId;
  support = (await queues.create(scope, { name: "Support", operatorIds, ...queueFields })).queueId;
});

const start = Date.UTC(2026, 10, 23, 9);
const minute = 60_000;
const connection = () => runtime.store.connection;
let kept = 0;
/** Keeps a call of this test's company; its id is its own, and `startedAt` the test's morning unless said. */
const keep = (call: Partial<CallToKeep> = {}) => {
  kept += 1;
  return keepCall(connection(), { companyId: company.companyId, count: kept, startedAt: start, ...call });
};
const recorder = () => {
  const { told } = runtime.features.callRecords;
  const warn = (details: object) => expect.fail(JSON.stringify(details));
  return createRecorder({ connection: connection(), told, clock: systemClock(), log: { warn } });
};
const records = () => callRecordCollection(connection());
const ofCompany = () => ({ companyId: company.companyId });

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}
type Query = InputOf<Routes["calls.list"]>["query"];
async function list(query: Query = {}): Promise<CallSummary[]> {
  return must(await supervisor.call("calls.list", { query })).items;
}
const idsOf = async (query: Query) => (await list(query)).map(({ callId }) => callId);

describe("recording", () => {
  test("a call that is over and told to everybody is recorded once; the others stay as they are", async () => {
    const lines = answeredLines(ines.operatorId, sales);
    const over = await keep({ lines, endedAfterMs: minute });
    const owing = await keep({ endedAfterMs: minute, fields: { unsettled: true } });
    const running = await keep({ lines });
    await recorder().recordDue();
    await recorder().recordDue();
    const found = await records().find(ofCompany()).toArray();
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      _id: over,
      result: "answered",
      queueIds: [sales],
      operatorIds: [ines.operatorId],
      visits: [{ queueName: "Sales", outcome: "answered" }],
      callerDigits: "33612345678",
    });
    const left = await callCollections(connection())
      .calls.find({ ...ofCompany(), unrecorded: true })
      .toArray();
    expect(left.map(({ _id }) => _id).sort()).toEqual([owing, running].sort());
  });

  test("a process that died between record and mark is finished by the next, and nothing is doubled", async () => {
    const lines = answeredLines(ines.operatorId, sales);
    const ids = [await keep({ lines, endedAfterMs: minute }), await keep({ endedAfterMs: minute })];
    const dead = await callCollections(connection())
      .calls.find({ _id: ids[0] ?? "" })
      .toArray();
    const told = await runtime.features.callRecords.told.tell(company.companyId, dead);
    await records().insertMany(told.map(storedRecord));
    await recorder().recordDue();
    expect(await records().countDocuments(ofCompany())).toBe(2);
    expect(await callCollections(connection()).calls.countDocuments({ ...ofCompany(), unrecorded: true })).toBe(0);
  });

  test("several processes at once record each call once", async () => {
    for (let count = 0; count < 120; count++) await keep({ endedAfterMs: count });
    await Promise.all([recorder(), recorder(), recorder()].map(({ recordDue }) => recordDue()));
    expect(await records().countDocuments(ofCompany())).toBe(120);
  });
});

describe("the list", () => {
  test("goes through all calls once, recorded or not, also when they are recorded on the way", async () => {
    const all: string[] = [];
    for (let count = 0; count < 23; count++) {
      const startedAt = start + Math.floor(count / 4);
      all.unshift(await keep({ startedAt, ...(count % 3 > 0 && { endedAfterMs: 10 }) }));
      if (count === 11) await recorder().recordDue();
    }
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = must(await supervisor.call("calls.list", { query: { limit: 5, ...(before && { before }) } }));
      seen.push(...page.items.map(({ callId }) => callId));
      before = page.next ?? undefined;
      if (seen.length === 10) await recorder().recordDue();
    } while (before !== undefined);
    expect(seen).toEqual(all);
  });

  test.each(["recorded", "told from its trace"])("is narrowed by everything, the call being %s", async (how) => {
    const other = await keep({ startedAt: start - minute, endedAfterMs: 5 });
    const wanted = await keep({
      lines: answeredLines(ines.operatorId, support),
      endedAfterMs: 30_000,
      fields: {
        from: "+442079460018",
        callerName: "Hélène O’Connor",
        lineId: `line_${"7".repeat(32)}`,
        flowId: "help",
        flowVersionId: `ver_${"7".repeat(32)}`,
      },
    });
    const running = await keep({ startedAt: start + minute });
    if (how === "recorded") await recorder().recordDue();
    const narrow: Query[] = [
      { number: "020 7946" },
      { number: "+44 20 7946 0018" },
      { number: "9460" },
      { name: "conn helene" },
      { name: "Hél" },
      { lineId: `line_${"7".repeat(32)}` },
      { flowId: "help" },
      { versionId: `ver_${"7".repeat(32)}` },
      { queueId: support },
      { operatorId: ines.operatorId },
      { result: "answered" },
      { from: new Date(start).toISOString(), to: new Date(start + minute).toISOString() },
      { result: "answered", queueId: support, operatorId: ines.operatorId, number: "0018", flowId: "help" },
    ];
    // A part of a British number with its trunk prefix is no French one: it is found by its digits alone.
    expect(await idsOf({ number: "020 7946" })).toEqual([]);
    for (const query of narrow.slice(1)) expect([query, await idsOf(query)]).toEqual([query, [wanted]]);
    expect(await idsOf({ alive: true })).toEqual([running]);
    expect(await idsOf({ alive: false })).toEqual([wanted, other]);
    expect(await idsOf({ number: "06 12 34 56 78" })).toEqual([running, other]);
    expect(await idsOf({ queueId: sales })).toEqual([]);
    const direction = "outbound" as const;
    const rung = await keep({ endedAfterMs: 5, fields: { direction, from: "+33123456789", to: "+33699887766" } });
    if (how === "recorded") await recorder().recordDue();
    expect(await idsOf({ number: "06 99 88 77 66" })).toEqual([rung]);
    expect(await idsOf({ number: "01 23 45 67 89" })).toEqual([]);
    expect(await idsOf({ result: "abandoned" })).toEqual([]);
  });

  test("says what a running call does now, and what an ended one came to", async () => {
    const lines = answeredLines(ines.operatorId, sales, { joinsMs: 2_000, waitMs: 8_000 });
    await keep({ lines, endedAfterMs: 70_000 });
    await keep({ lines, startedAt: Date.now() - 40_000 });
    const [running, over] = await list();
    expect(over).toMatchObject({
      result: "answered",
      durationMs: 70_000,
      waitMs: 8_000,
      talkMs: 60_000,
      queues: [{ queueId: sales, name: "Sales" }],
      operators: [{ operatorId: ines.operatorId, name: "Inès" }],
    });
    expect(running).toMatchObject({ result: null, endedAt: null, waitMs: 8_000 });
    expect(running?.talkMs).toBeGreaterThanOrEqual(30_000);
  });

  test.each(["recorded", "told"])("never finds a hidden number, the call being %s", async (how) => {
    const hidden = await keep({ endedAfterMs: 5, fields: { hidden: true, callerName: "M. Secret" } });
    if (how === "recorded") await recorder().recordDue();
    expect(await idsOf({ number: "0612345678" })).toEqual([]);
    const shown = await supervisor.call("calls.get", { params: { callId: hidden } });
    expect(shown).toMatchObject({ ok: true, value: { hidden: true, from: null, callerName: null } });
    expect(JSON.stringify([shown, await records().findOne({ _id: hidden })])).not.toMatch(/612345678|Secret/);
  });

  test("refuses a page that nobody gave out, a number without digits, and those who may not see calls", async () => {
    const refused = { ok: false, error: { code: "requestInvalid" } };
    expect(await supervisor.call("calls.list", { query: { before: "$gt" } })).toMatchObject(refused);
    expect(await supervisor.call("calls.list", { query: { number: "Martin" } })).toMatchObject(refused);
    const author = await runtime.user(company, "author");
    expect(await author.call("calls.list", { query: {} })).toMatchObject({ ok: false, error: { status: 403 } });
  });

  test("knows nothing of another company", async () => {
    const callId = await keep({ endedAfterMs: 5 });
    await recorder().recordDue();
    company = await runtime.company("elsewhere");
    supervisor = await runtime.user(company, "supervisor");
    expect(await list()).toEqual([]);
    expect(await supervisor.call("calls.get", { params: { callId } })).toMatchObject({ error: { code: "notFound" } });
  });
});

describe("what operators said came of a call", () => {
  const said = async (callId: string, conversation: number, outcome: string | null, rev = 1) => {
    const { callNotes } = callCentreCollections(connection());
    const _id = `${callId}.${conversation}`;
    const at = start + conversation;
    const note = { ...ofCompany(), callId, operatorId: ines.operatorId, queueId: sales, at, outcome, note: "red" };
    await callNotes.updateOne({ _id }, { $set: { ...note, rev, unrecorded: true } }, { upsert: true });
  };

  test("is found by it while the call runs, when it is recorded, and when it was said after that", async () => {
    const lines = answeredLines(ines.operatorId, sales);
    const [before, after, other, running] = [
      await keep({ lines, endedAfterMs: minute }),
      await keep({ lines, endedAfterMs: minute }),
      await keep({ lines, endedAfterMs: minute }),
      await keep({ lines }),
    ];
    await said(running, 1, "sold");
    await said(before, 1, "sold");
    await said(other, 1, "info");
    await recorder().recordDue();
    await said(after, 1, "info");
    await said(after, 2, "sold");
    await recordNotes(connection());
    expect((await idsOf({ outcome: "sold" })).sort()).toEqual([before, after, running].sort());
    const detail = must(await supervisor.call("calls.get", { params: { callId: after } }));
    expect(detail.outcomes).toEqual(["info", "sold"]);
    expect(detail.notes).toMatchObject([
      { operatorName: "Inès", outcome: "info", note: "red" },
      { operatorName: "Inès", outcome: "sold" },
    ]);
    await said(after, 2, null, 2);
    await recordNotes(connection());
    expect((await idsOf({ outcome: "sold" })).sort()).toEqual([before, running].sort());
    // Of the one that runs it is due still.
    const { callNotes } = callCentreCollections(connection());
    expect(await callNotes.find({ ...ofCompany(), unrecorded: true }).toArray()).toMatchObject([{ callId: running }]);
  });
});

describe("one call", () => {
  test("shows who was asked and how it ended, the wrap-up, the choices and the messages", async () => {
    const callId = await keep({
      lines: [
        [500, "input.digits", { digits: "1" }, "menu"],
        [500, "moved", { output: "choice_sales", to: "n2" }, "menu"],
        ...answeredLines(ines.operatorId, sales),
        [65_000, "dial.ended", { result: "completed", talkMs: 60_000 }],
      ],
      endedAfterMs: 66_000,
    });
    const { offers, shiftTimes } = callCentreCollections(connection());
    const offer = { companyId: company.companyId, callId, operatorId: ines.operatorId, queueId: sales, live: false };
    const made = [
      { ...offer, _id: `${callId}.1`, state: "refused", offeredAt: start + 1_100, endedAt: start + 2_000 },
      { ...offer, _id: `${callId}.2`, state: "accepted", offeredAt: start + 2_500, endedAt: start + 3_000 },
    ];
    await offers.insertMany(made.map((one) => ({ ...one, withdrawReason: null })) as never[]);
    const time = { companyId: company.companyId, operatorId: ines.operatorId, callId, queueId: sales, long: false };
    await shiftTimes.insertMany([
      { ...time, _id: `${callId}.t`, state: "talking", from: start + 5_000, until: start + 65_000 },
      { ...time, _id: `${callId}.w`, state: "wrapUp", from: start + 65_000, until: start + 77_000 },
    ] as never[]);
    const detail = must(await supervisor.call("calls.get", { params: { callId } }));
    expect(detail.offers.map(({ operatorName, end }) => [operatorName, end])).toEqual([
      ["Inès", "refused"],
      ["Inès", "accepted"],
    ]);
    expect(detail.conversations).toMatchObject([
      { operator: { name: "Inès" }, outcome: "answered", ringMs: 2_000, talkMs: 60_000, wrapUpMs: 12_000 },
    ]);
    expect(detail.visits).toMatchObject([{ name: "Sales", waitMs: 4_000, outcome: "answered" }]);
    expect(detail.choices).toMatchObject([{ nodeId: "menu", output: "choice_sales" }]);
    expect([detail.nodesVisited, detail.messages]).toEqual([2, []]);
  });
});

describe("who was asked, and who was not", () => {
  const why = { order: "fixed", first: "bestSkill", skills: [{ skillId: "english", level: 2 }] };
  const keepOffer = async (callId: string, more: object) =>
    callCentreCollections(connection()).offers.insertOne({
      ...{ _id: `${callId}.o`, companyId: company.companyId, callId, queueId: sales, live: false, state: "refused" },
      ...{ offeredAt: start + 1_000, endedAt: start + 2_000, withdrawReason: null, ...more },
    } as never);

  test("a call says why, with names; an operator's page lists what was offered to them and what passed them by", async () => {
    const theo = await runtime.operator(company, "102", "Théo");
    const nina = await runtime.operator(company, "103", "Nina");
    const callId = await keep({ lines: answeredLines(ines.operatorId, sales), endedAfterMs: minute });
    const eligible = [ines, theo].map(({ operatorId }, rank) => ({ operatorId, queueId: sales, rank }));
    const not = { skillLevel: [nina.operatorId] };
    await keepOffer(callId, { operatorId: ines.operatorId, why: { ...why, eligible, not } });
    expect(must(await supervisor.call("calls.get", { params: { callId } })).offers[0]?.why).toEqual({
      ...{ order: "fixed", first: "bestSkill", skills: [{ skillId: "english", level: 2 }] },
      eligible: [
        { operatorId: ines.operatorId, name: "Inès" },
        { operatorId: theo.operatorId, name: "Théo" },
      ],
      not: [{ reason: "skillLevel", operators: [{ operatorId: nina.operatorId, name: "Nina" }] }],
    });
    const about = async (operatorId: string) =>
      must(await supervisor.call("operators.offers", { params: { operatorId } })).items;
    expect(await about(ines.operatorId)).toMatchObject([
      { callId, asked: true, end: "refused", first: "bestSkill", reason: null, queue: { name: "Sales" } },
    ]);
    expect(await about(theo.operatorId)).toMatchObject([{ asked: false, reason: null, before: 1 }]);
    expect(await about(nina.operatorId)).toMatchObject([{ asked: false, reason: "skillLevel" }]);
    expect(await supervisor.call("operators.offers", { params: { operatorId: `op_${"0".repeat(32)}` } })).toMatchObject(
      {
        error: { code: "notFound" },
      },
    );
  });

  test("overflow and being moved up are in the record, at the visit that they happened in", async () => {
    const lines = answeredLines(ines.operatorId, sales);
    const callId = await keep({ lines, endedAfterMs: minute });
    await callCentreCollections(connection()).waitingCalls.insertOne({
      ...{ _id: `${callId}.1`, companyId: company.companyId, callId, entry: 1, queueIds: [sales, support] },
      overflow: { at: start + 3_000, by: "time", queueIds: [support] },
      ...{ movedUpAt: start + 4_000, live: false },
    } as never);
    await recorder().recordDue();
    const [record] = await records().find({ _id: callId }).toArray();
    expect(record?.visits[0]).toMatchObject({
      overflow: { at: start + 3_000, by: "time", queues: [{ queueId: support, queueName: "Support" }] },
      movedUpAt: start + 4_000,
    });
    const { visits } = must(await supervisor.call("calls.get", { params: { callId } }));
    expect(visits[0]).toMatchObject({ overflow: { queues: [{ name: "Support" }] } });
    const trace = must(await supervisor.call("calls.trace", { params: { callId } })).events;
    expect(trace.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["line.overflowed", "line.movedUp"]));
  });

  test("whom a number talked to last, in whichever form it is written; nobody, when it only waited", async () => {
    const theo = await runtime.operator(company, "102", "Théo");
    const { lastOperatorOf } = runtime.features.callRecords;
    const last = (...numbers: string[]) => lastOperatorOf(company.companyId, numbers);
    expect(await last("+33612345678")).toBeNull();
    await keep({ lines: answeredLines(theo.operatorId, sales), endedAfterMs: minute });
    await keep({ lines: answeredLines(ines.operatorId, sales), startedAt: start - minute, endedAfterMs: minute });
    await keep({ startedAt: start + minute, endedAfterMs: minute });
    expect(await last("+33612345678")).toBe(theo.operatorId);
    await recorder().recordDue();
    expect(await last("33612345678")).toBe(theo.operatorId);
    expect(await last("+33600000000")).toBeNull();
    // Of somebody with several numbers, the last of all their calls counts.
    const other = { from: "+33698765432" };
    await keep({
      fields: other,
      lines: answeredLines(ines.operatorId, sales),
      startedAt: start + 2 * minute,
      endedAfterMs: minute,
    });
    expect(await last("+33612345678", "+33698765432")).toBe(ines.operatorId);
    expect(await last("+33612345678")).toBe(theo.operatorId);
    expect(await last()).toBeNull();
  });
});

test("calls that run are counted by version and by queue; who talks waits no longer", async () => {
  const queue = { queueId: sales, entry: 1, since: start };
  const leg = { state: "talking" } as never;
  await keep({ fields: { queue } });
  await keep({ fields: { queue, leg } });
  await keep({ fields: { flowVersionId: `ver_${"1".repeat(32)}` } });
  await keep({ endedAfterMs: 5, fields: { queue } });
  const author = await runtime.user(company, "author");
  expect(must(await author.call("calls.live"))).toEqual({
    total: 3,
    flows: [
      { flowId: "reception", versionId: `ver_${"0".repeat(32)}`, calls: 2 },
      { flowId: "reception", versionId: `ver_${"1".repeat(32)}`, calls: 1 },
    ],
    queues: [{ queueId: sales, calls: 1 }],
  });
});

describe("an operator who is offered a call", () => {
  const desk = async () => {
    const client = runtime.client();
    const body = { company: company.code, code: "101", password: testPassword };
    must(await client.call("desk.signIn", { body }));
    return client;
  };
  const offer = (callId: string) => {
    const call = {
      offerId: `offer_${"1".repeat(32)}`,
      callId,
      queueId: sales,
      callback: null,
      card: {
        from: null,
        hidden: true,
        callerName: null,
        to: "+33123456789",
        lineName: "Main",
        language: "fr-FR",
        script: null,
        callStartedAt: start,
      },
      offeredAt: start,
      expiresAt: start + 20_000,
      mayRefuse: true,
    };
    runtime.callCentre.change(company.companyId, ines.operatorId, { state: "offered", offer: call });
  };

  test("sees the caller's last five calls and nothing that an operator may not know", async () => {
    for (let count = 0; count < 6; count++) {
      await keep({
        startedAt: start + count * minute,
        lines: answeredLines(ines.operatorId, sales),
        endedAfterMs: 35_000,
        fields: { callerName: "M. Martin" },
      });
    }
    await keep({ startedAt: start + 20 * minute, endedAfterMs: 5, fields: { from: "+33612345679" } });
    await recorder().recordDue();
    await keep({
      startedAt: start + 30 * minute,
      lines: [[1_000, "joinsQueue", { queueId: support }]],
      endedAfterMs: 9_000,
    });
    const now = await keep({ startedAt: start + 40 * minute });
    const operator = await desk();
    offer(now);
    const { items } = must(await operator.call("desk.earlierCalls", { params: { callId: now } }));
    expect(items).toHaveLength(5);
    expect(items[0]).toEqual({
      startedAt: new Date(start + 30 * minute).toISOString(),
      direction: "inbound",
      lineName: "Main",
      queueName: "Support",
      operatorName: null,
      result: "abandoned",
      waitMs: 8_000,
      talkMs: 0,
    });
    expect(items[1]).toMatchObject({ operatorName: "Inès", result: "answered", talkMs: 30_000 });
    expect(JSON.stringify(items)).not.toMatch(/612345678|Martin|call_/);
  });

  test("sees none of a hidden caller, and none of a call that is not theirs", async () => {
    await keep({ endedAfterMs: 5 });
    const hidden = await keep({ startedAt: start + minute, fields: { hidden: true } });
    const foreign = await keep({ startedAt: start + 2 * minute });
    const operator = await desk();
    offer(hidden);
    expect(must(await operator.call("desk.earlierCalls", { params: { callId: hidden } })).items).toEqual([]);
    const asked = await operator.call("desk.earlierCalls", { params: { callId: foreign } });
    expect(asked).toMatchObject({ ok: false, error: { code: "notFound" } });
  });
});

describe("what is kept no longer", () => {
  test("goes with everything of it; what is younger, runs, or is not recorded yet stays", async () => {
    const day = 24 * 60 * minute;
    const now = start + 200 * day;
    const ids: string[] = [];
    for (let count = 0; count < 130; count++) {
      ids.push(
        await keep({
          startedAt: start + count,
          lines: [
            [1, "hears"],
            [2, "hears"],
          ],
          endedAfterMs: 10,
        }),
      );
    }
    const young = await keep({ startedAt: now - 29 * day, lines: [[1, "hears"]], endedAfterMs: 10 });
    await recorder().recordDue();
    const running = await keep({ startedAt: start });
    const owing = await keep({ startedAt: start, endedAfterMs: 5, fields: { unsettled: true } });
    const { offers, shiftTimes, waitingCalls } = callCentreCollections(connection());
    await offers.insertMany(
      ids.slice(0, 2).map((callId, at) => ({ _id: `${callId}.o`, ...ofCompany(), callId, live: at === 1 })) as never[],
    );
    const callback = (id: string, joinedAt: number, live: boolean) => {
      return { _id: `${id}.1`, ...ofCompany(), callId: id, isCallback: true, joinedAt, live };
    };
    await waitingCalls.insertMany([
      ...[callback("callback_old", start, false), callback("callback_open", start, true)],
      callback("callback_young", now - day, false),
    ] as never[]);
    await offers.insertMany([
      { _id: "missed.o", ...ofCompany(), callId: "call_x", callbackId: "callback_old", live: false, offeredAt: start },
      {
        _id: "late.o",
        ...ofCompany(),
        callId: "call_y",
        callbackId: "callback_open",
        live: false,
        offeredAt: now - day,
      },
    ] as never[]);
    const time = { ...ofCompany(), operatorId: ines.operatorId, state: "available", long: false };
    await shiftTimes.insertMany([
      { ...time, _id: `${ids[0]}.t1`, from: start, until: start + minute },
      { ...time, _id: `${ids[0]}.t2`, from: now - day, until: now },
    ] as never[]);
    const deleted = await deleteOldCalls(connection(), company.companyId, { days: 30, now, stopped: () => false });
    expect(deleted).toEqual({ calls: 130, callbacks: 1, shiftTimes: 1 });
    const { calls, traceEvents } = callCollections(connection());
    const left = async (collection: { find(filter: object): { toArray(): Promise<{ _id: unknown }[]> } }) =>
      (await collection.find(ofCompany()).toArray()).map(({ _id }) => String(_id)).sort();
    expect(await left(records())).toEqual([young]);
    expect(await left(calls)).toEqual([young, running, owing].sort());
    const traces = await traceEvents.find(ofCompany()).toArray();
    expect(new Set(traces.map(({ callId }) => callId))).toEqual(new Set([young, running, owing]));
    expect(await left(offers)).toEqual([`${ids[1]}.o`, "late.o"].sort());
    expect(await left(waitingCalls)).toEqual(["callback_open.1", "callback_young.1"]);
    expect(await left(shiftTimes)).toEqual([`${ids[0]}.t2`]);
    expect(callIdOf(kept)).toBe(owing);
  });
});
