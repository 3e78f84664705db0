import type { PlaceRules } from "@cordboard/node-kit";
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
  figures = makeFigures();
});
afterAll(() => testStore.close());

let ids = 0;
/** What the store has of a company's queue `queue_a`. */
async function furnish(companyId: string, given: { callers?: object[]; shifts?: object[]; talked?: number }) {
  const { waitingCalls, shifts, shiftTimes } = callCentreCollections(store.connection);
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
    (given.shifts ?? []).map((more) => ({
      ...own(),
      operatorId: `op${ids}`,
      live: true,
      closedAt: null,
      queueIds,
      ...more,
    })),
  );
  // Each conversation took two minutes, and a minute of wrap-up.
  await insert(
    shiftTimes,
    Array.from({ length: given.talked ?? 0 }, (_, n) => n * minute).flatMap((ago) => {
      const from = now - 5 * minute - ago;
      const talking = { ...own(), queueId: "queue_a", state: "talking", from, until: from + 2 * minute };
      return [talking, { ...talking, ...own(), state: "wrapUp", from: from + 2 * minute, until: from + 3 * minute }];
    }),
  );
  return figures.queue(companyId, "queue_a", now);
}

const rules: PlaceRules = { say: "both", firstMs: 0, everyMs: 60_000, upToPosition: null, upToWaitMs: null };
let figures: ReturnType<typeof createQueueFigures>;
const makeFigures = () =>
  createQueueFigures({
    connection: store.connection,
    queues: async () => [],
    openSchedules: async () => ({ open: [] }),
    placeRules: async (_companyId, queueId) => (queueId === "queue_a" ? rules : null),
  });

test("who waits in this queue, and since when: not callbacks, not other queues, not who is as good as answered", async () => {
  const callers = [
    {},
    { joinedAt: now - 5 * minute },
    { joinedAt: now - 9 * minute, isCallback: true, callback: { attempts: [] } },
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

test("how long a caller may wait, by the conversations of the last hour; unknown where too little says so", async () => {
  const busy = [{ state: "talking" }, { state: "wrapUp" }];
  // Two operators, three minutes each, two in line: the third is answered after four and a half.
  expect(await furnish("co_3", { shifts: busy, callers: [{}, {}], talked: 10 })).toMatchObject({
    expectedWaitMs: 4.5 * minute,
  });
  expect(await furnish("co_4", { shifts: [{ state: "available" }], talked: 10 })).toMatchObject({ expectedWaitMs: 0 });
  expect(await furnish("co_5", { shifts: busy, callers: [{}], talked: 4 })).toMatchObject({ expectedWaitMs: null });
  expect(await furnish("co_6", { callers: [{}], talked: 10 })).toMatchObject({ expectedWaitMs: null });
});

test("where a caller stands, how long they have waited and may wait, and what they are to be told of it", async () => {
  const callers = [
    { _id: "call_a.1", place: 1 },
    { _id: "call_b.7", place: 2, joinedAt: now - 3 * minute },
    { _id: "call_c.1", place: 3 },
  ].map((more) => ({ callId: "", priority: 0, offerIds: [], ...more }));
  await furnish("co_7", { callers, shifts: [{ state: "talking" }], talked: 10 });
  const place = (callId: string, entry: number, queueId = "queue_a") =>
    figures.place("co_7", { callId, entry, queueId }, now);
  expect(await place("call_b", 7)).toEqual({
    ...{ position: 2, expectedWaitMs: 6 * minute, waitedMs: 3 * minute, rules },
  });
  expect(await place("call_b", 8)).toMatchObject({ position: null, expectedWaitMs: null });
  expect(await place("call_b", 7, "queue_none")).toMatchObject({ position: null, rules: { say: "never" } });
});

test("a queue that is not there stands empty", async () => {
  expect(await figures.queue("co_none", "queue_none", now)).toEqual({
    ...{ waiting: 0, longestMs: 0, staffed: 0, expectedWaitMs: null, closed: false },
  });
});
