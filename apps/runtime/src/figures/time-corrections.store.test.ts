import type { ApiClient, Company, Operator } from "@cordboard/api";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { callCentreCollections } from "../call-centre/index.ts";
import { startTestRuntime, type TestRuntime, testPassword } from "../http/testing/test-runtime.ts";
import { systemClock } from "../ports/index.ts";
import { dayOf } from "./day-bounds.ts";

/** The clock of the server stands some hours ahead, or behind, so that it is never just after midnight: there would be nothing to correct. */
const aheadMs = Date.UTC(2026, 11, 1, 15) - Date.now();
const now = () => Date.now() + aheadMs;
let runtime: TestRuntime;
let company: Company;
let supervisor: ApiClient;
let ines: Operator;
let companies = 0;

beforeAll(async () => {
  runtime = await startTestRuntime({ clock: { ...systemClock(), now } });
});
afterAll(() => runtime.close());
beforeEach(async () => {
  company = await runtime.company(`fix${++companies}`);
  supervisor = await runtime.user(company, "supervisor");
  ines = await runtime.operator(company, "101", "Inès");
});

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}
const today = () => dayOf(undefined, company.timeZone, now())!;
const minute = 60_000;
const iso = (at: number) => new Date(at).toISOString();

/** Inès was free for ten minutes and talked for two, from the beginning of the day on. */
async function worked() {
  const { from } = today();
  const { shiftTimes } = callCentreCollections(runtime.store.connection);
  const common = {
    companyId: company.companyId,
    operatorId: ines.operatorId,
    shiftId: `shift_${companies}`,
    long: false,
  };
  const plain = { ...common, pauseReason: null, pauseLabel: null, queueId: null, rev: 1 as const };
  await shiftTimes.insertMany([
    { ...plain, _id: `a${companies}`, state: "available", from, until: from + 10 * minute, callId: null },
    {
      ...plain,
      _id: `b${companies}`,
      state: "talking",
      from: from + 10 * minute,
      until: from + 12 * minute,
      callId: "call_x",
    },
  ]);
  return from;
}
const figuresOf = async () => {
  const day = must(await supervisor.call("figures.day", { query: { date: today().date } }));
  return day.operators.find(({ operatorId }) => operatorId === ines.operatorId);
};
const correct = (from: number, minutes: number, more: object = {}) =>
  supervisor.call("timeCorrections.create", {
    body: {
      ...{ operatorId: ines.operatorId, from: iso(from), until: iso(from + minutes * minute) },
      ...{ as: "paused", label: "lunch", reason: "Forgot to press Pause", ...more },
    } as never,
  });

test("a correction counts in the figures, is seen by the operator with its reason, and leaves a trace; calls stay", async () => {
  const from = await worked();
  must(await correct(from + 5 * minute, 8));
  expect(await figuresOf()).toMatchObject({
    corrections: 1,
    figures: { availableMs: 5 * minute, pausedMs: 6 * minute, signedInMs: 13 * minute },
  });
  const desk = runtime.client();
  must(await desk.call("desk.signIn", { body: { company: company.code, code: "101", password: testPassword } }));
  const day = must(await desk.call("deskDay.get"));
  expect(day.corrections).toMatchObject([
    { as: "paused", reason: "Forgot to press Pause", by: { name: expect.any(String) } },
  ]);
  expect(day.pauses).toMatchObject([{ label: "lunch" }, { label: "lunch" }]);
  const admin = await runtime.user(company, "admin");
  const { items } = must(await admin.call("audit.list", { query: { resource: "timeCorrections" } }));
  expect(items).toMatchObject([{ action: "timeCorrections.create", targetName: "Inès" }]);

  const listed = must(
    await supervisor.call("timeCorrections.list", { query: { operatorId: ines.operatorId, date: today().date } }),
  );
  const params = { correctionId: listed.items[0]?.correctionId ?? "" };
  must(await supervisor.call("timeCorrections.remove", { params }));
  expect(await figuresOf()).toMatchObject({ corrections: 0, figures: { availableMs: 10 * minute, pausedMs: 0 } });
});

test("nobody corrects the future, a time that runs backwards, or without being a supervisor", async () => {
  const refused = { ok: false, error: { code: "requestInvalid" } };
  expect(await correct(now(), 60)).toMatchObject(refused);
  expect(await correct(now() - 60 * minute, -5)).toMatchObject(refused);
  expect(await correct(now() - 3 * 24 * 60 * minute, 2 * 24 * 60)).toMatchObject(refused);
  expect(await correct(now() - 60 * minute, 5, { label: "nonsense" })).toMatchObject(refused);
  expect(await correct(now() - 60 * minute, 5, { reason: " " })).toMatchObject(refused);
  const author = await runtime.user(company, "author");
  const asked = await author.call("timeCorrections.list", {
    query: { operatorId: ines.operatorId, date: today().date },
  });
  expect(asked).toMatchObject({ error: { code: "notAllowed" } });
});
