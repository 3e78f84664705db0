import type { ApiClient, Company } from "@cordboard/api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemScope } from "../access/index.ts";
import { type CallCentreParts, startTestRuntime, type TestRuntime } from "../http/testing/test-runtime.ts";
import { wholeCallCentre } from "../http/testing/whole-call-centre.ts";
import { type Clock, randomId, systemClock } from "../ports/index.ts";
import { standardCallbacks } from "../queues/index.ts";

/** A queue that was closed by hand, as every process sees it that decides: beside the first one, after it, and after a time in which there was none. */
let runtime: TestRuntime;
let company: Company;
let supervisor: ApiClient;
let sales: string;
let parts: CallCentreParts;
let first: ReturnType<typeof wholeCallCentre>;
const turnedAway: string[] = [];

/** The real one, which can be moved on: time passes, and nothing that was armed before is woken. */
let passedMs = 0;
const real = systemClock();
const clock: Clock = {
  now: () => real.now() + passedMs,
  at: (at, due) => real.at(at - passedMs, due),
};

const process = () =>
  wholeCallCentre(parts, {
    unstaffed: async ({ callId }) => {
      turnedAway.push(callId);
      return "taken";
    },
  });

function must<Value>(answer: { ok: true; value: Value } | { ok: false; error: { message: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

beforeAll(async () => {
  runtime = await startTestRuntime({
    clock,
    commands: (given) => {
      parts = given;
      first = process();
      return first;
    },
  });
  await first.start();
  company = await runtime.company("demo");
  supervisor = await runtime.user(company, "supervisor");
  const ines = await runtime.operator(company, "101", "Inès");
  const queue = await runtime.features.queues.create(systemScope(company.companyId), {
    ...{ name: "Sales", operatorIds: [ines.operatorId], order: "longestIdle", offerMs: 60_000, wrapUpMs: null },
    ...{ refusalAllowed: true, missedMeansPause: true, askAgainMs: 0, askAgainAloneMs: 0, scriptId: null },
    callbacks: standardCallbacks,
  });
  sales = queue.queueId;
});
afterAll(() => runtime.close());

/** Somebody calls, by way of that process, and is turned away, or waits. */
async function calls(by: Pick<typeof first, "join" | "callers" | "callEnded">, expected: "turned away" | "waits") {
  const callId = randomId("call");
  const { companyId } = company;
  await by.join({
    ...{ companyId, callId, queueId: sales, entry: 1, priority: 0, leaveWhenUnstaffed: false },
    card: {
      ...{ from: "+33612345678", hidden: false, callerName: null, to: "+33123456789", lineName: "Main" },
      ...{ language: "fr-FR", script: null, callStartedAt: clock.now() },
    },
  });
  const became = async () => {
    if (turnedAway.includes(callId)) return "turned away";
    return (await by.callers(companyId, sales)).some((row) => row.callId === callId) ? "waits" : null;
  };
  await expect.poll(became).toBe(expected);
  await by.callEnded({ companyId, callId, by: "caller" });
}

const close = (until: string | null) =>
  supervisor.call("live.open", {
    params: { queueId: sales },
    body: { to: "closed", until, sendsAway: false, reason: "" },
  });

test("closed at one process it is closed at the other, and at those that come after them; a time that passes while there is none opens it", async () => {
  const second = process();
  await second.start();
  await calls(second, "waits");
  must(await close(null));
  await calls(first, "turned away");
  await calls(second, "turned away");

  // The one that was asked is gone: whoever decides next has it from the store.
  await first.close();
  await calls(second, "turned away");
  expect((await second.live(company.companyId)).queues.find(({ queueId }) => queueId === sales)?.opening).toMatchObject(
    {
      open: false,
    },
  );
  await second.close();

  const third = process();
  await third.start();
  const until = new Date(clock.now() + 600_000).toISOString();
  await runtime.features.queues.openByHand(company.companyId, sales, {
    ...{ state: "closed", until: Date.parse(until), sendsAway: false, at: clock.now(), by: "Claire", reason: "" },
  });
  await third.supervise(company.companyId, { kind: "queueOpened", queueId: sales });
  await calls(third, "turned away");
  await third.close();

  passedMs += 601_000;
  const fourth = process();
  await fourth.start();
  await calls(fourth, "waits");
  expect(
    (await fourth.live(company.companyId)).queues.find(({ queueId }) => queueId === sales)?.opening,
  ).not.toMatchObject({ open: false });
  await fourth.close();
});
