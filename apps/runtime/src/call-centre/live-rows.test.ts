import type { AcdState, Shift } from "@cordboard/acd";
import { expect, test } from "vitest";
import type { OperatorView } from "../ports/index.ts";
import { DayVisits } from "./day-visits.ts";
import { liveOperatorRow, liveQueueRows } from "./live-rows.ts";

const dayFrom = 1_000_000;
const now = dayFrom + 3_600_000;
const byId = <One extends { id: string }>(ones: readonly One[]) => Object.fromEntries(ones.map((one) => [one.id, one]));
let made = 0;
const call = (more: object) => {
  made += 1;
  return {
    ...{ id: `wait_${made}`, queueIds: ["sales"], joinedAt: now - 1_000, closedAt: null, callback: null },
    ...{ state: "waiting", ...more },
  };
};
const shift = (operatorId: string, state: string, more: object = {}) => ({
  ...{ id: `shift of ${operatorId}`, operatorId, state, queueIds: ["sales"], closedAt: null },
  ...more,
});

function rowOf(
  queueId: string,
  { calls = [], shifts = [] }: { calls?: { id: string }[]; shifts?: { id: string }[] },
  /** Conversations of three minutes each. */
  lately = 0,
) {
  const handling = () => ({ calls: lately, ms: lately * 180_000 });
  const queues = byId([
    { id: "sales", operatorIds: ["ines", "tom", "theo"] },
    { id: "support", operatorIds: ["ines"] },
  ]);
  const state = { queues, calls: byId(calls), shifts: byId(shifts) } as unknown as AcdState;
  const rows = liveQueueRows(state, new DayVisits(), { dayFrom, now, withinMs: () => 20_000, handling });
  return rows.find((row) => row.queueId === queueId);
}

test("a queue counts who waits and since when, promised callbacks apart, and today's callers as offered", () => {
  const calls = [
    call({}),
    call({ joinedAt: dayFrom - 5_000 }),
    call({ state: "connecting" }),
    call({ callback: { number: "+33612345678" } }),
    call({ state: "left", closedAt: now }),
    call({ queueIds: ["support"] }),
  ];
  expect(rowOf("sales", { calls })).toMatchObject({
    ...{ waiting: 2, longestSince: dayFrom - 5_000, callbacks: 1 },
    // Who has waited since yesterday is counted there.
    day: { offered: 2, answered: 0 },
  });
});

test("a queue counts its own operators who ticked it, whoever else did", () => {
  const shifts = [
    shift("ines", "available"),
    shift("tom", "paused"),
    shift("theo", "talking"),
    shift("lea", "available"),
    shift("max", "available", { closedAt: now }),
  ];
  expect(rowOf("sales", { shifts })).toMatchObject({ signedIn: 3, available: 1, paused: 1 });
  expect(rowOf("support", { shifts })).toMatchObject({ signedIn: 0, available: 0, paused: 0 });
});

const view = (more: object) =>
  ({
    ...{ operatorId: "ines", state: "talking", since: 5, shiftStartedAt: 1, pause: null, afterCall: null },
    ...{ telephoneId: "tel_1", offer: null, call: null, notices: [] },
    queues: [
      { queueId: "sales", ticked: true },
      { queueId: "support", ticked: false },
    ],
    ...more,
  }) as unknown as OperatorView;
const connected = (more: object = {}) => ({ connection: { id: "link" }, current: null, ...more }) as unknown as Shift;

test("an operator's row shows whom they talk to and no more of the caller, and how many notices they have yet to read", () => {
  const card = { from: "+33612345678", hidden: false, callerName: "Ada", notes: "owes us money" };
  const talking = { callId: "call_1", queueId: "sales", card, callback: null, helpSince: 7 };
  const notices = [{ toAcknowledge: true }, { toAcknowledge: false }, {}];
  expect(liveOperatorRow(view({ call: talking, notices }), connected())).toMatchObject({
    on: {
      ...{ callId: "call_1", queueId: "sales", callback: false, helpSince: 7 },
      card: { from: "+33612345678", hidden: false, callerName: "Ada" },
    },
    ...{ queueIds: ["sales"], connected: true, toAcknowledge: 1, signedInAt: 1 },
  });
  expect(JSON.stringify(liveOperatorRow(view({ call: talking }), connected()))).not.toContain("owes");
});

test("help is asked for, and a caller on hold, while they talk, and no longer", () => {
  const held = { callId: "call_1", queueId: "sales", card: {}, callback: null, held: true, heldSince: 9 };
  expect(liveOperatorRow(view({ call: held, state: "talking" }), connected()).on).toMatchObject({ heldSince: 9 });
  expect(liveOperatorRow(view({ call: { ...held, held: false, heldSince: null } }), connected()).on).toMatchObject({
    heldSince: null,
  });
  const call = { callId: "call_1", queueId: "sales", card: {}, callback: null, helpSince: 7 };
  expect(liveOperatorRow(view({ call, state: "wrapUp" }), connected()).on).toMatchObject({ helpSince: null });
});

test("a call that the agent does not show any more is named by its id; without a shift nobody is connected", () => {
  const current = { callId: "call_2", queueId: "sales" };
  expect(liveOperatorRow(view({}), connected({ current })).on).toMatchObject({ callId: "call_2", card: null });
  expect(liveOperatorRow(view({ state: "offline" }), undefined)).toMatchObject({ on: null, connected: false });
});

test("a queue says how long whoever joins now may wait, as callers are told: by those before them, where enough was seen and somebody serves it", () => {
  const shifts = [shift("ines", "talking"), shift("tom", "talking")];
  const calls = [call({}), call({}), call({ state: "connecting" })];
  expect(rowOf("sales", { calls, shifts }, 5)?.expectedWaitMs).toBe(270_000);
  expect(rowOf("sales", { calls, shifts }, 4)?.expectedWaitMs).toBeNull();
  expect(rowOf("sales", { calls }, 5)?.expectedWaitMs).toBeNull();
  expect(rowOf("sales", { shifts: [shift("ines", "available")] })?.expectedWaitMs).toBe(0);
});
