import type { Company } from "@cordboard/api";
import { createCordboard } from "@cordboard/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callCentreCollections } from "../call-centre/index.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { messageCollection } from "../voicemail/index.ts";

/** Callbacks, messages and notes for reporting tools; calls and how a client goes on with them: events/client.store.test.ts. */
let runtime: TestRuntime;
let company: Company;
let token: string;
let operatorId: string;
const hex = (n: number) => n.toString(16).padStart(32, "0");
const from = new Date(0);

beforeAll(async () => {
  runtime = await startTestRuntime();
  company = await runtime.company("home");
  ({ token } = await runtime.apiKey(company, ["calls:read", "callbacks:read", "messages:read"]));
  ({ operatorId } = await runtime.operator(company, "101", "Inès"));
  const { companyId } = company;
  const { waitingCalls, callNotes } = callCentreCollections(runtime.store.connection);
  const attempt = (n: number, at: number, result: string) => ({ at, operatorId, result, offerId: `offer_${hex(n)}` });
  const promise = (n: number, closedAt: number | null, attempts: object[], more: object = {}) => ({
    ...{ _id: `callback_${hex(n)}.1`, companyId, callId: `callback_${hex(n)}`, entry: 1, live: closedAt === null },
    ...{ isCallback: true, queueIds: ["queue_sales"], number: "+33612345678", state: closedAt ? "left" : "waiting" },
    ...{ joinedAt: n * 1_000, closedAt, leftReason: closedAt ? "answered" : null, offerIds: [] },
    callback: { attempts, attemptsAllowed: 3, notBefore: 0, slotAt: null, once: false, urgent: false, ...more },
    extra: { card: { callerName: "=1+1", lineName: "Main" }, promisedInCallId: `call_${hex(n)}` },
  });
  await waitingCalls.insertMany([
    promise(1, 9_000, [attempt(1, 2_000, "numberBusy"), attempt(2, 8_500, "answered")]),
    promise(2, null, [attempt(3, 2_500, "numberSilent")]),
    promise(3, 9_000, [attempt(4, 8_000, "answered")], { once: true }),
    { ...promise(4, 9_500, []), companyId: "co_other" },
  ] as never[]);
  const person = { kind: "operator" as const, id: operatorId, name: "Inès" };
  const message = (n: number, more: object = {}) => ({
    ...{ _id: `msg_${hex(n)}`, companyId, boxId: "box_gone", callId: `call_${hex(n)}`, state: "new" as const },
    ...{ receivedAt: n * 1_000, durationMs: 7_000, sha256: "f".repeat(64), from: "+33698765432", hidden: false },
    ...{ callerName: "Paul", lineName: "Main", heard: null, assignedTo: null, note: "", calledBack: null },
    ...{ deletedAt: null, ...more },
  });
  await messageCollection(runtime.store.connection).insertMany([
    message(1, { heard: { at: 5_000, by: person }, assignedTo: operatorId, note: "to be called" }),
    message(2, { hidden: true }),
  ]);
  const note = (n: number, at: number, text: string) => ({
    ...{ _id: `offer_${hex(n)}`, rev: 1, companyId, callId: `call_${hex(n)}`, operatorId, queueId: "queue_sales" },
    ...{ at, outcome: "sold", note: text, unrecorded: false },
  });
  await callNotes.insertMany([note(1, 3_000, "pays by card"), note(2, 4_000, "")]);
});
afterAll(() => runtime.close());

const cordboard = () => createCordboard({ url: runtime.baseUrl, token });
async function all<Row>(rows: AsyncGenerator<Row>): Promise<Row[]> {
  const found = [];
  for await (const row of rows) found.push(row);
  return found;
}

describe("callbacks", () => {
  test("that are over are rows, with who promised what; others of no company but one's own", async () => {
    const rows = await all(cordboard().export("callbacks", { from }));
    expect(rows.map(({ callbackId, promised, attempts }) => [callbackId, promised, attempts])).toEqual([
      [`callback_${hex(1)}`, true, 2],
      [`callback_${hex(3)}`, false, 1],
    ]);
    expect(rows[0]).toMatchObject({ number: "+33612345678", result: "answered", promisedInCallId: `call_${hex(1)}` });
  });

  test("each attempt is a row, and whoever stopped between two of them goes on there", async () => {
    const rows = await all(cordboard().export("callback-attempts", { from }));
    const told = (found: typeof rows) =>
      found.map(({ attempt, result, operatorName }) => [attempt, result, operatorName]);
    const every = [
      [1, "numberBusy", "Inès"],
      [2, "answered", "Inès"],
      [1, "answered", "Inès"],
    ];
    expect(told(rows)).toEqual(every);
    for (const [at, { cursor }] of rows.entries()) {
      const rest = await all(cordboard().export("callback-attempts", { from, cursor }));
      expect(told(rest)).toEqual(every.slice(at + 1));
    }
  });

  test("as a table; nothing in it is run by a spreadsheet", async () => {
    const url = `${runtime.baseUrl}/api/exports/callbacks?format=csv&from=1970-01-01T00:00:00Z`;
    const answer = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="callbacks.csv"');
    const [heading = "", row = ""] = (await answer.text()).split("\r\n");
    expect(heading.split(";").slice(0, 4)).toEqual(["cursor", "callbackId", "queueId", "queueName"]);
    expect(row).toContain(";'=1+1;Main;true;");
  });
});

test("messages are rows without their sound; a hidden number is in none", async () => {
  const rows = await all(cordboard().export("messages", { from }));
  expect(rows).toMatchObject([
    { from: "+33698765432", heardBy: "Inès", assignedTo: "Inès", note: "to be called", boxName: "box_gone" },
    { from: null, hidden: true, callerName: null, heardAt: null },
  ]);
  expect(JSON.stringify(rows)).not.toContain("f".repeat(64));
});

test("a note is a row with who said it and when; one that is changed comes again", async () => {
  const rows = await all(cordboard().export("notes", { from }));
  expect(rows).toMatchObject([
    { outcome: "sold", note: "pays by card", operatorName: "Inès", at: "1970-01-01T00:00:03.000Z" },
    { note: "" },
  ]);
  const { callNotes } = callCentreCollections(runtime.store.connection);
  await callNotes.updateOne({ _id: `offer_${hex(1)}` }, { $set: { at: 6_000, note: "pays in cash" } });
  const later = await all(cordboard().export("notes", { from, cursor: rows.at(-1)?.cursor ?? "" }));
  expect(later.map(({ noteId, note }) => [noteId, note])).toEqual([[`offer_${hex(1)}`, "pays in cash"]]);
});

test("each export is for who may read what it is of", async () => {
  const { token: other } = await runtime.apiKey(company, ["calls:read"]);
  const codes = async (used: string) =>
    Promise.all(
      (["callbacks", "callback-attempts", "messages", "notes"] as const).map(async (kind) => {
        const headers = { Authorization: `Bearer ${used}` };
        return (await fetch(`${runtime.baseUrl}/api/exports/${kind}?from=1970-01-01T00:00:00Z`, { headers })).status;
      }),
    );
  expect([await codes(other), await codes(token)]).toEqual([
    [403, 403, 403, 200],
    [200, 200, 200, 200],
  ]);
});
