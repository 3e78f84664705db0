import { afterAll, beforeAll, expect, test } from "vitest";
import type { CallDocument } from "../../apps/runtime/src/calls/model.ts";
import { type BusyOperators, workAsOperators } from "../support/busy-operators.ts";
import { type Cluster, startCluster } from "../support/cluster.ts";
import type { OperatorClient } from "../support/operator-client.ts";
import { type PlacedCall, placeCall } from "../support/place-call.ts";
import { serveShortFlow } from "../support/short-flow.ts";
import { until } from "../support/until.ts";

/**
 * Two runtimes share a store and calls, under random callers, operators, telephones, and deaths. `CORDBOARD_STORM_EVENTS=20000` for long,
 * `CORDBOARD_STORM_SEED` to see one again.
 */
const EVENTS = Number(process.env.CORDBOARD_STORM_EVENTS ?? 400);
const SEED = Number(process.env.CORDBOARD_STORM_SEED ?? Date.now() % 1_000_000);
const OPERATORS = 5;
const CALLERS = 8;
const DEATHS = Math.max(2, Math.floor(EVENTS / 500));

let cluster: Cluster;
const operators: OperatorClient[] = [];
const callers = new Map<string, PlacedCall>();

beforeAll(async () => {
  cluster = await startCluster({ runtimes: 2 });
  await serveShortFlow(cluster);
  for (let at = 0; at < OPERATORS; at += 1) operators.push(await cluster.signIn(101 + at));
});
afterAll(() => cluster.close());

/** A generator of random numbers (mulberry32): the same seed, the same storm, as far as two processes allow. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const phaseOf = (id: string) => cluster.telephones.get(id)?.phase ?? "idle";
const desks = Array.from({ length: OPERATORS }, (_, at) => String(11 + at));

/** What callers, operators and telephones may do. What is not possible just now does nothing. */
const deeds: readonly ((pick: (below: number) => number) => unknown)[] = [
  (pick) => {
    const name = `caller ${pick(CALLERS)}`;
    if (phaseOf(name) === "idle") callers.set(name, placeCall(cluster, name));
  },
  (pick) => {
    const name = `caller ${pick(CALLERS)}`;
    if (pick(3) === 0 && phaseOf(name) !== "idle") cluster.telephones.hangup(name);
  },
  (pick) => operators[pick(OPERATORS)]?.accept(),
  (pick) => operators[pick(OPERATORS)]?.accept(),
  (pick) => operators[pick(OPERATORS)]?.refuse(),
  (pick) => operators[pick(OPERATORS)]?.ready(),
  (pick) => operators[pick(OPERATORS)]?.post("/api/desk/resume"),
  (pick) => pick(4) === 0 && operators[pick(OPERATORS)]?.post("/api/desk/pause", { reason: null }),
  (pick) => {
    const operator = operators[pick(OPERATORS)];
    operator?.disconnect();
    operator?.connect();
  },
  (pick) => {
    const desk = desks[pick(OPERATORS)] ?? "";
    if (phaseOf(desk) === "ringing") cluster.telephones.answer(desk);
  },
  (pick) => {
    const desk = desks[pick(OPERATORS)] ?? "";
    if (pick(3) === 0 && phaseOf(desk) === "ringing") cluster.telephones.reject(desk, pick(2) ? 486 : 480);
  },
  (pick) => {
    const desk = desks[pick(OPERATORS)] ?? "";
    if (pick(3) === 0 && phaseOf(desk) === "talking") cluster.telephones.hangup(desk);
  },
  (pick) => operators[pick(OPERATORS)]?.post("/api/desk/leg-cleared"),
];

interface OfferRow {
  readonly _id: string;
  readonly operatorId: string;
  readonly callId: string;
  readonly waitingCallId: string;
  readonly state: string;
  readonly offeredAt: number;
  readonly closedAt: number | null;
}

test(`every call is served or ended once, whoever dies (${EVENTS} events, seed ${SEED})`, async () => {
  const pick = random(SEED);
  const deathAt = new Set(Array.from({ length: DEATHS }, (_, at) => Math.floor(((at + 0.5) * EVENTS) / DEATHS)));
  const deaths: Promise<void>[] = [];
  for (let event = 0; event < EVENTS; event += 1) {
    const deed = deeds[pick(deeds.length)];
    await deed?.(pick);
    // Never both at once: the other one carries on.
    if (deathAt.has(event)) {
      await Promise.all(deaths);
      const victim = cluster.runtimes[pick(2)];
      if (victim) deaths.push(victim.kill());
    }
  }
  await Promise.all(deaths);

  // The storm is over: everybody works, and every caller who is still there is served.
  const staff: BusyOperators = workAsOperators(cluster, operators);
  const waiting = () => [...callers.keys()].filter((name) => !["idle"].includes(phaseOf(name)));
  await until(
    () => {
      for (const name of waiting()) if (cluster.story.now(name) === "talking bridged") cluster.telephones.hangup(name);
      return waiting().length === 0;
    },
    "every caller to be served",
    {
      ms: 120_000,
      say: () =>
        `${waiting()}\n${waiting()
          .map((name) => cluster.story.tell(name))
          .join("\n")}`,
    },
  );
  const calls = cluster.collection("calls");
  const open = () => calls.countDocuments({ $or: [{ status: "live" }, { unsettled: true }] });
  await until(async () => (await open()) === 0, "every call to be over", {
    ms: 60_000,
    say: () => cluster.log.slice(-20).join("\n"),
  });
  for (const operator of operators) await operator.waitFor(({ state }) => state === "available", "to be free", 60_000);
  await staff.stop();

  const all = (await calls.find({}).toArray()) as unknown as CallDocument[];
  expect(all.length).toBeGreaterThan(5);
  expect(all.filter(({ outbox }) => outbox.length > 0)).toEqual([]);
  expect(await cluster.collection("waitingCalls").countDocuments({ closedAt: null })).toBe(0);
  const offers = (await cluster
    .collection("offers")
    .find({})
    .sort({ offeredAt: 1 })
    .toArray()) as unknown as OfferRow[];
  expect(offers.filter(({ closedAt }) => closedAt === null)).toEqual([]);
  const ends = ["accepted", "refused", "expired", "withdrawn"];
  expect(offers.filter(({ state }) => !ends.includes(state))).toEqual([]);
  expect(offers.some(({ state }) => state === "accepted")).toBe(true);
  expect(overlapping(offers, ({ operatorId }) => operatorId)).toEqual([]);
  expect(overlapping(offers, ({ waitingCallId }) => waitingCallId)).toEqual([]);
  const shifts = await cluster.collection("shifts").find({ closedAt: null }).toArray();
  expect(new Set(shifts.map(({ operatorId }) => operatorId)).size).toBe(shifts.length);
  expect(new Set(shifts.map(({ telephoneId }) => telephoneId)).size).toBe(shifts.length);
  // Bugs are logged as errors; what outside could not be reached, as warnings.
  expect(cluster.log.filter((line) => /"level":[56]0/.test(line))).toEqual([]);
}, 120_000 + EVENTS * 300);

/** Pairs of offers to the same operator, or of the same call, of which the second began before the first was over. */
function overlapping(offers: readonly OfferRow[], of: (offer: OfferRow) => string): (readonly string[])[] {
  const last = new Map<string, OfferRow>();
  const pairs: (readonly string[])[] = [];
  for (const offer of offers) {
    const before = last.get(of(offer));
    if (before && (before.closedAt ?? Number.POSITIVE_INFINITY) > offer.offeredAt) pairs.push([before._id, offer._id]);
    last.set(of(offer), offer);
  }
  return pairs;
}
