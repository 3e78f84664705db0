import { afterAll, beforeAll, expect, test } from "vitest";
import { inProcessBus } from "../bus/in-process.ts";
import type { Store } from "../store/store.ts";
import { openTestStore, type TestStore } from "../testing/test-store.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { createEventLog, eventsKeptMs } from "./event-log.ts";
import { prepareEvents } from "./model.ts";
import { newEvent } from "./new-event.ts";

let testStore: TestStore;
let store: Store;
const clock = virtualClock();

beforeAll(async () => {
  testStore = await openTestStore();
  store = await testStore.connect();
  await prepareEvents(store.connection);
});
afterAll(() => testStore.close());

/** A log as one more process has it. */
const logOf = async () =>
  createEventLog({ connection: (await testStore.connect()).connection, bus: inProcessBus(), clock });

const about = (companyId: string, n: number) =>
  newEvent("call.queued", {
    ...{ companyId, at: n, subject: `call_${n}`, key: String(n) },
    data: { callId: `call_${n}`, queueIds: [], place: n, priority: 0 },
  });

test("processes that write at once leave no gap, and no event twice, whichever of them tells it", async () => {
  const logs = [await logOf(), await logOf(), await logOf()];
  const numbers = Array.from({ length: 120 }, (_, n) => n);
  // Each tells everything, in pieces of its own size, and the third in another order.
  await Promise.all(
    logs.map(async (log, which) => {
      const wanted = which === 2 ? numbers.toReversed() : numbers;
      for (let at = 0; at < wanted.length; at += which + 3) {
        await log.append(wanted.slice(at, at + which + 3).map((n) => about("co_a", n)));
      }
    }),
  );
  const [log] = logs;
  const found = (await log?.read("co_a", 0, 1_000)) ?? [];
  expect(found.map(({ seq }) => seq)).toEqual(numbers.map((n) => n + 1));
  expect(new Set(found.map(({ subject }) => subject)).size).toBe(120);
});

test("one process’s events keep the order in which it told them", async () => {
  const log = await logOf();
  await Promise.all([1, 2, 3, 4].map((n) => log.append([about("co_b", n), about("co_b", n + 10)])));
  const found = await log.read("co_b", 0, 100);
  expect(found.map(({ at }) => at)).toEqual([1, 11, 2, 12, 3, 13, 4, 14]);
  expect(await log.bounds("co_b")).toEqual({ first: 1, last: 8 });
  expect((await log.read("co_b", 6, 1)).map(({ seq }) => seq)).toEqual([7]);
});

test("what was kept long enough is forgotten, but for the last, from which the numbers go on", async () => {
  const log = await logOf();
  await log.append([about("co_c", 1), about("co_c", 2)]);
  await clock.advance(eventsKeptMs + 1);
  await log.append([about("co_c", 3)]);
  await log.forgetOld("co_c");
  expect(await log.bounds("co_c")).toEqual({ first: 3, last: 3 });
  await clock.advance(eventsKeptMs + 1);
  await log.forgetOld("co_c");
  await (await logOf()).append([about("co_c", 4)]);
  expect(await log.bounds("co_c")).toEqual({ first: 3, last: 4 });
});

test("companies are apart", async () => {
  const log = await logOf();
  await log.append([about("co_d", 1), about("co_e", 1)]);
  const [one] = await log.read("co_d", 0, 10);
  const [other] = await log.read("co_e", 0, 10);
  expect([one?.seq, other?.seq]).toEqual([1, 1]);
  expect(one?._id).not.toBe(other?._id);
  expect(await log.find("co_d", other?._id ?? "")).toBeNull();
});
