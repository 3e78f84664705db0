import { expect, test } from "vitest";
import type { LiveBoard, LiveMessage } from "./live.ts";
import { createBoardKeeper } from "./live-keeper.ts";
import { standardGoal, standardLimits } from "./queue-goals.ts";

const queueId = `queue_${"1".repeat(32)}`;
const none = { answered: 0, abandoned: 0, left: 0, inTime: 0, serviceLevel: null };
const row = (waiting: number) => ({
  ...{ queueId, waiting, longestSince: null, callbacks: 0, expectedWaitMs: null, signedIn: 0, available: 0, paused: 0 },
  ...{ day: { offered: 0, ...none, shortAbandoned: 0 }, halfHour: none },
});
const now = "2026-11-24T09:00:00.000Z";
const boardAt = (seq: number, waiting: number): LiveBoard => ({
  ...{ epoch: 1, seq, now, operators: [] },
  queues: [{ ...row(waiting), name: "Sales", goal: standardGoal, limits: standardLimits }],
});
const changes = (seq: number, waiting: number): LiveMessage => ({
  ...{ v: 1, type: "changes", epoch: 1, seq, now, queues: [row(waiting)], operators: [] },
});

/** A server whose answers come when the test says so. */
function server() {
  const asked: ((board: LiveBoard | null) => void)[] = [];
  const shown: string[] = [];
  const keeper = createBoardKeeper({
    read: () => new Promise((resolve) => asked.push(resolve)),
    show: ({ seq, queues }) => shown.push(`${seq}:${queues[0]?.waiting}`),
  });
  return { asked, shown, keeper };
}
const turn = () => new Promise(setImmediate);

test("what comes while the board is read is not lost, and nothing is applied twice", async () => {
  const { asked, shown, keeper } = server();
  void keeper.refresh();
  keeper.take(changes(5, 2));
  keeper.take(changes(6, 3));
  asked[0]?.(boardAt(5, 2));
  await turn();
  keeper.take(changes(7, 4));
  expect([shown, asked.length]).toEqual([["6:3", "7:4"], 1]);
});

test("a gap has it read again; so does a change of settings, and one that comes meanwhile has it read once more", async () => {
  const { asked, shown, keeper } = server();
  void keeper.refresh();
  asked[0]?.(boardAt(1, 0));
  await turn();
  keeper.take(changes(3, 2));
  expect(asked.length).toBe(2);
  keeper.take({ v: 1, type: "settings" });
  asked[1]?.(boardAt(3, 2));
  await turn();
  expect(asked.length).toBe(3);
  asked[2]?.(boardAt(3, 2));
  await turn();
  expect([shown, asked.length]).toEqual([["1:0", "3:2", "3:2"], 3]);
});

test("a board that could not be had is asked for with the next message", async () => {
  const { asked, shown, keeper } = server();
  void keeper.refresh();
  asked[0]?.(null);
  await turn();
  expect(shown).toEqual([]);
  keeper.take(changes(4, 1));
  asked[1]?.(boardAt(4, 1));
  await turn();
  expect(shown).toEqual(["4:1"]);
});
