import type { Company, Operator } from "@cordboard/api";
import { eventSchema } from "@cordboard/api";
import { Value } from "typebox/value";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callCentreCollections } from "../call-centre/index.ts";
import { createCallNews } from "../events/call-news.ts";
import { createEventLog } from "../events/event-log.ts";
import { eventCollection } from "../events/model.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { systemClock } from "../ports/index.ts";
import { scriptRunCollection } from "../script-runs/model.ts";
import { recordNotes } from "./call-notes.ts";
import { createRecorder } from "./recorder.ts";
import { answeredLines, keepCall } from "./testing/kept-call.ts";

let runtime: TestRuntime;
let company: Company;
let ines: Operator;

beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("demo");
  ines = await runtime.operator(company, "101", "Inès");
});
afterAll(() => runtime.close());

/** What every event has beside its type and data. */
const standing = {
  eventId: `evt_${"0".repeat(32)}`,
  at: "2026-11-23T09:00:00.000Z",
  companyId: `co_${"0".repeat(32)}`,
  subject: "x",
};
const start = Date.UTC(2026, 10, 23, 9);
const sales = `queue_${"1".repeat(32)}`;

test("is told to programs with the end of the call, and again when it was said after it: once each, with what was answered", async () => {
  const { connection } = runtime.store;
  const { companyId } = company;
  const lines = answeredLines(ines.operatorId, sales);
  const callId = await keepCall(connection, { companyId, count: 1, startedAt: start, lines, endedAfterMs: 60_000 });
  const said = (outcome: string, rev: number) =>
    callCentreCollections(connection).callNotes.updateOne(
      { _id: `${callId}.1` },
      {
        $set: {
          ...{ companyId, callId, operatorId: ines.operatorId, queueId: sales, at: start, outcome, note: "red" },
          ...{ rev, unrecorded: true },
        },
      },
      { upsert: true },
    );
  await scriptRunCollection(connection).insertOne({
    ...{ _id: `${callId}.script_1`, companyId, callId, scriptId: "script_1", name: "Guide", scriptRev: 1 },
    questionnaire: {
      steps: [
        {
          ...{ stepId: "who", title: "Who", say: "", branches: [], next: null },
          questions: [{ key: "house", kind: "text", text: "Which house?", required: false }],
        },
      ],
    },
    ...{ values: [], contactId: null, startedAt: start, changedAt: start, finishedAt: null, path: ["who"] },
    answers: [{ key: "house", value: "the red one", operatorId: ines.operatorId, at: start, rev: 1, givenAt: 1 }],
    ...{ rev: 1, leaders: {} },
  });
  await said("info", 1);
  const log = createEventLog({ connection, bus: runtime.bus, clock: systemClock() });
  const news = createCallNews({
    ...{ connection, log, countryOf: async () => "FR", now: Date.now },
    operatorNames: async () => (operatorId) => (operatorId === ines.operatorId ? "Inès" : operatorId),
  });
  const { told } = runtime.features.callRecords;
  const warn = (details: object) => expect.fail(JSON.stringify(details));
  await createRecorder({
    connection,
    told,
    clock: systemClock(),
    log: { warn },
    onRecorded: news.recorded,
  }).recordDue();
  await recordNotes(connection);
  await said("sold", 2);
  // Whoever died after telling it tells it again: it is the same event.
  for (let times = 0; times < 2; times += 1) {
    await callCentreCollections(connection).callNotes.updateOne({ callId }, { $set: { unrecorded: true } });
    await recordNotes(connection, news.noted);
  }
  const events = await eventCollection(connection).find({ subject: callId }).sort({ seq: 1 }).toArray();
  const answers = [{ key: "house", value: "the red one", operatorName: "Inès" }];
  const saidBy = (outcome: string) => ({
    ...{ call: { callId, outcomes: [outcome] }, scripts: [{ name: "Guide", answers }] },
    notes: [{ operatorName: "Inès", outcome, note: "red" }],
  });
  expect(events.filter(({ type }) => type !== "call.started")).toMatchObject([
    { type: "call.ended", data: saidBy("info") },
    { type: "call.noted", data: saidBy("sold") },
  ]);
  for (const { type, data } of events) {
    expect([...Value.Errors(eventSchema(type), { ...standing, type, data })].map(({ message }) => message)).toEqual([]);
  }
});
