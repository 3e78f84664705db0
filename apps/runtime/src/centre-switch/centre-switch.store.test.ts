import type { ApiClient, Company, Schedule } from "@cordboard/api";
import type { CentreQuestion } from "@cordboard/node-kit";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { standardCallbacks } from "../queues/index.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import type { SwitchingCall } from "./centre-switch.ts";
import { createTelephoneCodes } from "./telephone-codes.ts";

const clock = virtualClock();
const MINUTE_MS = 60_000;
let runtime: TestRuntime;
let company: Company;
let admin: ApiClient;
let supervisor: ApiClient;
let userId: string;
let code: string;
let schedule: Schedule;
let made = 0;

beforeAll(async () => {
  runtime = await startTestRuntime({ clock });
  company = await runtime.company("demo");
  admin = await runtime.user(company, "admin");
  supervisor = await runtime.user(company, "supervisor");
  userId = must(await supervisor.call("session.get")).user.userId;
});
afterAll(() => runtime.close());
beforeEach(async () => {
  made += 1;
  const week = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
  const body = { name: `Shop ${made}`, timeZone: null, week, holidays: [] };
  schedule = must(await admin.call("schedules.create", { body }));
  ({ code } = must(await supervisor.call("session.makeTelephoneCode")));
});

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const call = (more: Partial<SwitchingCall> = {}): SwitchingCall => ({
  ...{ _id: `call_${made}`, companyId: company.companyId, from: `+3361234${made}`, hidden: false },
  ...more,
});
const ask = (question: CentreQuestion, of = call(), entry = 7) =>
  runtime.features.askCentre(of, { type: "askCentre", entry, question });
const enter = (keyed: string, of?: SwitchingCall) =>
  ask({ what: "enter", scheduleId: schedule.scheduleId, code: keyed }, of);
const close = (entry?: number, hold: "takenBack" | "endOfDay" = "takenBack") =>
  ask({ what: "close", scheduleId: schedule.scheduleId, userId, hold }, call(), entry);
const audited = async () =>
  must(await admin.call("audit.list", { query: { targetId: schedule.scheduleId } })).items.filter(
    ({ action }) => action === "schedules.forceByTelephone",
  );
const wrong = () => String((Number(code) + 1) % 100_000_000).padStart(8, "0");

test("a code is eight figures, shown once; a new one takes the old one's place, and is taken away by its owner or an administrator", async () => {
  expect(code).toMatch(/^\d{8}$/);
  expect(await enter(code)).toEqual({ result: "closed", userId });
  const next = must(await supervisor.call("session.makeTelephoneCode"));
  expect((await enter(code)).result).toBe("refused");
  expect((await enter(next.code)).result).toBe("closed");
  expect(must(await supervisor.call("session.telephoneCode")).madeAt).not.toBeNull();
  must(await supervisor.call("session.removeTelephoneCode"));
  expect(must(await supervisor.call("session.telephoneCode")).madeAt).toBeNull();
  const again = must(await supervisor.call("session.makeTelephoneCode"));
  expect(must(await admin.call("users.telephoneCode", { params: { userId } })).madeAt).not.toBeNull();
  must(await admin.call("users.removeTelephoneCode", { params: { userId } }));
  expect((await enter(again.code)).result).toBe("refused");
});

test("a code that somebody of the company has is drawn again", async () => {
  const { connection } = runtime.store;
  const draws = [code, "00000042"];
  const given = { connection, clock, secret: "of the test", userName: async () => "Somebody" };
  const first = createTelephoneCodes({ ...given, draw: () => code });
  const second = createTelephoneCodes({ ...given, draw: () => draws.shift() ?? "" });
  const as = (actorId: string) => ({ ...systemScope(company.companyId), actorId });
  expect(await first.make(as("user_first"))).toBe(code);
  expect(await second.make(as("user_second"))).toBe("00000042");
  expect(await second.whose(company.companyId, code)).toBe("user_first");
  expect(await second.whose("another company", code)).toBeNull();
});

test("it is opened, closed and given back; the log says who did it and in which call, once, however often it is asked", async () => {
  const { scheduleId } = schedule;
  expect((await close(1)).result).toBe("closedByHand");
  expect((await close(1)).result).toBe("closedByHand");
  const params = { scheduleId };
  expect(must(await admin.call("schedules.get", { params })).forced).toEqual({ state: "closed", until: null });
  expect(await audited()).toMatchObject([
    {
      ...{ by: { kind: "user", userId, name: "supervisor of demo" }, targetName: schedule.name },
      ...{ before: { forced: null }, after: { forced: { state: "closed", until: null }, byTelephone: call()._id } },
    },
  ]);
  const opened = await ask({ what: "open", scheduleId, userId, hold: "endOfDay" }, call(), 2);
  expect(opened.result).toBe("openByHand");
  const { forced } = must(await admin.call("schedules.get", { params }));
  expect(forced?.state).toBe("open");
  expect(Date.parse(forced?.until ?? "")).toBeGreaterThan(clock.now());
  expect((await ask({ what: "look", scheduleId, userId }, call(), 3)).result).toBe("openByHand");
  expect((await ask({ what: "giveBack", scheduleId, userId }, call(), 4)).result).toBe("closed");
  expect(must(await admin.call("schedules.get", { params })).forced).toBeNull();
  expect(await audited()).toHaveLength(3);
});

test("wrong codes count across calls and lock, and not even the right one helps, until that is over", async () => {
  for (const id of ["1", "2", "3", "4"]) expect((await enter(wrong(), call({ _id: id }))).result).toBe("refused");
  expect((await enter(wrong(), call({ _id: "5" }))).result).toBe("locked");
  expect((await enter(code, call({ _id: "the next" }))).result).toBe("locked");
  // A stranger who guesses locks nobody else out before long.
  expect((await enter(code, call({ from: "+33699999999" }))).result).toBe("closed");
  await clock.advance(16 * MINUTE_MS);
  expect((await enter(code)).result).toBe("closed");
});

test("neither a code nor what was keyed is in anything that was written", async () => {
  const keyed = wrong();
  await enter(keyed);
  await enter(code);
  for (const { name } of await runtime.store.connection.listCollections()) {
    const written = JSON.stringify(await runtime.store.connection.collection(name).find({}).toArray());
    for (const secret of [code, keyed]) expect(written, name).not.toContain(secret);
  }
});

// The last one: it ends the supervisor's session.
test("who is stopped has no code any more; who may not switch schedules is told so, also in the middle of a call", async () => {
  const { queueId } = await runtime.features.queues.create(systemScope(company.companyId), {
    ...{ name: "Sales", operatorIds: [], order: "longestIdle", offerMs: 60_000, wrapUpMs: null, refusalAllowed: true },
    ...{ missedMeansPause: true, askAgainMs: 0, askAgainAloneMs: 0, scriptId: null, callbacks: standardCallbacks },
  });
  const change = async (fields: object) => {
    const { userId: _, ...user } = must(await admin.call("users.get", { params: { userId } }));
    must(await admin.call("users.change", { params: { userId }, body: { ...user, ...fields } }));
  };
  await change({ queueIds: [queueId] });
  expect((await enter(code)).result).toBe("forbidden");
  expect((await close()).result).toBe("forbidden");
  await change({ queueIds: null, role: "consultant" });
  expect((await enter(code)).result).toBe("forbidden");
  await change({ role: "supervisor", enabled: false });
  expect((await enter(code)).result).toBe("refused");
  expect((await close()).result).toBe("forbidden");
  expect(must(await admin.call("schedules.get", { params: { scheduleId: schedule.scheduleId } })).forced).toBeNull();
  await change({ enabled: true });
  expect((await enter(code)).result).toBe("closed");
});
