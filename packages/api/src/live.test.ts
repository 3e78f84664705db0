import { describe, expect, test } from "vitest";
import { type LiveBoard, type LiveOperatorState, type LiveQueueState, queueAlarms, withChanges } from "./live.ts";
import { standardGoal, standardLimits } from "./queue-goals.ts";

type Changes = Parameters<typeof withChanges>[1];

const id = (prefix: string, digit: string) => `${prefix}_${digit.repeat(32)}`;
const none = { answered: 0, abandoned: 0, left: 0, inTime: 0, serviceLevel: null };
const state = (queueId: string, change: Partial<LiveQueueState> = {}): LiveQueueState => ({
  ...{
    queueId,
    waiting: 0,
    longestSince: null,
    callbacks: 0,
    expectedWaitMs: null,
    signedIn: 2,
    available: 1,
    paused: 0,
  },
  ...{ day: { offered: 0, ...none, shortAbandoned: 0 }, halfHour: none, ...change },
});
const operator = (operatorId: string, change: Partial<LiveOperatorState> = {}): LiveOperatorState => ({
  ...{ operatorId, state: "available", since: null, signedInAt: null, pause: null, afterCall: null },
  ...{ telephoneName: null, queueIds: [], on: null, connected: true, toAcknowledge: 0, ...change },
});
const sales = { ...state(id("queue", "1")), name: "Sales", goal: standardGoal, limits: standardLimits };
const help = { ...state(id("queue", "2")), name: "Help", goal: standardGoal, limits: standardLimits };
const ines = { ...operator(id("op", "1")), name: "Inès", code: "101" };
const now = Date.UTC(2026, 10, 24, 9);
const board: LiveBoard = {
  ...{ epoch: 3, seq: 7, now: new Date(now).toISOString(), queues: [sales, help], operators: [ines] },
};
const changes = (change: Partial<Changes>): Changes => ({
  ...{ v: 1, type: "changes", epoch: 3, seq: 8, now: new Date(now + 1_000).toISOString(), queues: [], operators: [] },
  ...change,
});

describe("the board after a message", () => {
  test("has the rows that changed, and the others as they were", () => {
    const after = withChanges(board, changes({ queues: [state(help.queueId, { waiting: 4 })] }));
    expect(after).toMatchObject({
      seq: 8,
      queues: [
        { name: "Sales", waiting: 0 },
        { name: "Help", waiting: 4 },
      ],
    });
    expect(after?.queues[0]).toBe(sales);
    expect(after?.operators[0]).toBe(ines);
  });

  test("is read again after a gap, in another epoch, and for somebody who is not on it", () => {
    const queues = [state(help.queueId, { waiting: 4 })];
    expect(withChanges(board, changes({ seq: 9, queues }))).toBeNull();
    expect(withChanges(board, changes({ epoch: 4, seq: 8, queues }))).toBeNull();
    expect(withChanges(board, changes({ operators: [operator(id("op", "9"))] }))).toBeNull();
  });

  test("stays as it is when the message is late, or only says how far things are", () => {
    expect(withChanges(board, changes({ seq: 7, queues: [state(help.queueId, { waiting: 4 })] }))).toBe(board);
    expect(withChanges(board, changes({ seq: 7 }))).toBe(board);
    // The last message with rows was lost.
    expect(withChanges(board, changes({ seq: 8 }))).toBeNull();
  });
});

describe("a queue's alarms", () => {
  const limits = { waiting: 3, longestMs: 60_000, serviceLevelPercent: 70, nobodySignedIn: true };
  const queue = { ...sales, limits };
  const since = (ms: number) => new Date(now - ms).toISOString();

  test("ring beyond their limit, not at it", () => {
    expect(queueAlarms({ ...queue, waiting: 3, longestSince: since(60_000) }, now)).toEqual([]);
    expect(queueAlarms({ ...queue, waiting: 4, longestSince: since(60_001) }, now)).toEqual(["longest", "waiting"]);
    const level = (serviceLevel: number) => ({ ...none, answered: 10, serviceLevel });
    expect(queueAlarms({ ...queue, halfHour: level(0.7) }, now)).toEqual([]);
    expect(queueAlarms({ ...queue, halfHour: level(0.69) }, now)).toEqual(["serviceLevel"]);
  });

  test("that nobody is signed in rings with callers waiting only", () => {
    expect(queueAlarms({ ...queue, signedIn: 0 }, now)).toEqual([]);
    expect(queueAlarms({ ...queue, signedIn: 0, waiting: 1, longestSince: since(0) }, now)).toEqual(["nobodySignedIn"]);
  });

  test("that were not asked for never ring", () => {
    const off = { waiting: null, longestMs: null, serviceLevelPercent: null, nobodySignedIn: false };
    const worst = { waiting: 900, longestSince: since(9_000_000), signedIn: 0, halfHour: { ...none, serviceLevel: 0 } };
    expect(queueAlarms({ ...worst, limits: off }, now)).toEqual([]);
  });
});
