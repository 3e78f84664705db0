import { afterAll, beforeAll, expect, test } from "vitest";
import type { Store } from "../store/store.ts";
import { openTestStore, type TestStore } from "../testing/test-store.ts";
import { callCentreCollections, prepareCallCentreCollections } from "./model.ts";
import { createQueueFigures } from "./queue-figures.ts";

const now = Date.UTC(2026, 11, 1, 10);
const minute = 60_000;
let testStore: TestStore;
let store: Store;

beforeAll(async () => {
  testStore = await openTestStore();
  store = await testStore.connect();
  await prepareCallCentreCollections(callCentreCollections(store.connection));
});
afterAll(() => testStore.close());

let ids = 0;
/** What the store has of a company's queue `queue_a`. */
async function furnish(companyId: string, given: { callers?: object[]; shifts?: object[]; answered?: number }) {
  const { waitingCalls, shifts, offers } = callCentreCollections(store.connection);
  const insert = (collection: { insertMany(documents: never): Promise<unknown> }, documents: object[]) =>
    documents.length > 0 && collection.insertMany(documents as never);
  const own = () => ({ _id: `x${ids++}`, companyId });
  const queueIds = ["queue_a"];
  await insert(
    waitingCalls,
    (given.callers ?? []).map((more) => ({
      ...{ ...own(), live: true, isCallback: false, queueIds, state: "waiting", joinedAt: now - minute, ...more },
    })),
  );
  await insert(
    shifts,
    (given.shifts ?? []).map((more) => ({ ...own(), operatorId: `op${ids}`, live: true, queueIds, ...more })),
  );
  await insert(
    offers,
    Array.from({ length: given.answered ?? 0 }, (_, n) => ({
      ...{ ...own(), queueId: "queue_a", outcome: "answered", offeredAt: now - n * minute, live: false },
    })),
  );
  return createQueueFigures(store.connection)(companyId, "queue_a", now);
}

test("who waits in this queue, and since when: not callbacks, not other queues, not who is as good as answered", async () => {
  const callers = [
    {},
    { joinedAt: now - 5 * minute },
    { joinedAt: now - 9 * minute, isCallback: true },
    { joinedAt: now - 9 * minute, queueIds: ["queue_b"] },
    { joinedAt: now - 9 * minute, live: false },
    { joinedAt: now - 9 * minute, state: "connecting" },
  ];
  expect(await furnish("co_1", { callers })).toMatchObject({ waiting: 2, longestMs: 5 * minute });
});

test("who is staffed: whoever ticked it and is not paused, busy or not", async () => {
  const shifts = ["available", "talking", "wrapUp", "paused"].map((state) => ({ state }));
  const gone = { state: "available", live: false };
  const elsewhere = { state: "available", queueIds: ["queue_b"] };
  expect(await furnish("co_2", { shifts: [...shifts, gone, elsewhere] })).toMatchObject({ staffed: 3 });
});

test("how long a caller may wait, at the pace of the last half-hour; unknown where too little says so", async () => {
  const busy = [{ state: "talking" }];
  // Ten in half an hour, two in line: the third is answered after nine minutes.
  expect(await furnish("co_3", { shifts: busy, callers: [{}, {}], answered: 10 })).toMatchObject({
    expectedWaitMs: 9 * minute,
  });
  expect(await furnish("co_4", { shifts: [{ state: "available" }], answered: 10 })).toMatchObject({
    expectedWaitMs: 0,
  });
  expect(await furnish("co_5", { shifts: busy, callers: [{}], answered: 4 })).toMatchObject({ expectedWaitMs: null });
  expect(await furnish("co_6", { callers: [{}], answered: 10 })).toMatchObject({ expectedWaitMs: null });
  // What is older than that says nothing.
  expect(await furnish("co_7", { shifts: busy, callers: [{}], answered: 100 })).toMatchObject({
    expectedWaitMs: (2 * 30 * minute) / 30,
  });
});

test("a queue that is not there stands empty", async () => {
  expect(await createQueueFigures(store.connection)("co_none", "queue_none", now)).toEqual({
    ...{ waiting: 0, longestMs: 0, staffed: 0, expectedWaitMs: null },
  });
});
