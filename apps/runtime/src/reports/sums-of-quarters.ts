import type { WaitingCallDocument } from "../call-centre/index.ts";
import { type CallRecord, type PassedOn, talkMs, waitMs } from "../call-records/call-record.ts";
import { readWay } from "../call-records/way-of-call.ts";
import { groupBy } from "../figures/group-by.ts";
import { type OperatorDay, operatorFigures } from "../figures/operator-figures.ts";
import type { OperatorTime } from "../figures/operator-time.ts";
import { type CountedVisit, visitsOf } from "../figures/queue-figures.ts";
import type { GivenAnswer } from "../script-runs/index.ts";
import { addAnswers, queueOfCall } from "./answer-sums.ts";
import { QUARTER_MS, quarterOf, quartersOf } from "./quarters.ts";
import { emptySums, queueSumsOf, type Sums, waySumsOf } from "./sums.ts";
import { add, tallyOf } from "./tally.ts";
import { addWait } from "./waits.ts";
import { addWay } from "./ways.ts";

/** What was seen of some stretch of time: everything that has a part in it. */
export interface Seen {
  readonly records: readonly CallRecord[];
  /** With the corrections over them. */
  readonly times: readonly OperatorTime[];
  /** Wrap-ups after calls of the stretch, whenever they were. */
  readonly wrapUps: readonly OperatorTime[];
  readonly offers: readonly (OperatorDay["offers"][number] & { readonly offeredAt: number })[];
  /** Callbacks that were promised in it. */
  readonly promises: readonly Pick<
    WaitingCallDocument,
    "queueIds" | "joinedAt" | "closedAt" | "leftReason" | "callback"
  >[];
  readonly operatorNames: ReadonlyMap<string, string>;
  /** What was answered in guided conversations, by call. */
  readonly answers: ReadonlyMap<string, readonly GivenAnswer[]>;
}

/**
 * The sums of each quarter of an hour from `from` to before `until`, both at a quarter's beginning; `now` is where what goes on stands. Calls
 * and visits count where they began, operators' times where they passed. Pure.
 */
export function sumsOfQuarters(seen: Seen, from: number, until: number, now: number): ReadonlyMap<number, Sums> {
  const all = new Map(quartersOf(from, until).map((quarter) => [quarter, emptySums()]));
  const of = (at: number) => all.get(quarterOf(at));
  const wrapUps = groupBy(seen.wrapUps, ({ callId }) => callId);
  for (const record of seen.records) {
    if (record.internal) continue;
    const began = of(record.startedAt);
    if (began) {
      addCall(began, record, now);
      addAnswers(began, queueOfCall(record), seen.answers.get(record._id) ?? []);
    }
    for (const visit of visitsOf(record, wrapUps.get(record._id) ?? [], now)) {
      const joined = of(visit.joinedAt);
      if (joined) addVisit(joined, visit, now);
    }
    for (const { at, queueId } of record.messages ?? []) {
      const left = queueId !== null && of(at);
      if (left) add(queueSumsOf(left, queueId).sums, "messages");
    }
    for (const { at, operatorId } of record.passedOn ?? []) {
      const passed = of(at);
      if (passed) add(tallyOf(passed.operators, operatorId), "passedOn");
    }
  }
  for (const { callback, queueIds, joinedAt, closedAt, leftReason } of seen.promises) {
    const promised = of(joinedAt);
    // Who rings on their own account has promised nothing.
    if (promised && callback && !callback.once) {
      const { sums } = queueSumsOf(promised, queueIds[0] ?? "");
      add(sums, "promised");
      add(sums, closedAt === null ? "promisesOpen" : (promiseEnds[leftReason ?? ""] ?? "promisesCancelled"));
    }
  }
  addOperators(all, seen, now);
  return all;
}

const promiseEnds: Readonly<Record<string, string>> = {
  answered: "promisesKept",
  givenUp: "promisesGivenUp",
  calledIn: "promisesCalledIn",
};

function addCall(sums: Sums, record: CallRecord, now: number): void {
  const { lineId, direction, flowId, flowVersionId, result, startedAt, endedAt } = record;
  const tally = tallyOf(sums.calls, [lineId ?? "", direction, flowId ?? "", flowVersionId ?? ""].join("|"));
  add(tally, "calls");
  add(tally, result === null ? "running" : result);
  add(tally, "durationMs", Math.max(0, (endedAt ?? now) - startedAt));
  add(tally, "waitMs", waitMs(record, endedAt ?? now));
  add(tally, "talkMs", talkMs(record, endedAt ?? now));
  add(tally, "messages", record.messages?.length ?? 0);
  if (lineId !== null) sums.names[lineId] = record.lineName;
  for (const outcome of record.outcomes ?? []) add(sums.outcomes, `${queueOfCall(record)}|${outcome}`);
  const flow = (place: { readonly flowId?: string }) =>
    place.flowId === undefined ? `${flowId ?? ""}|${flowVersionId ?? ""}` : `${place.flowId}|`;
  for (const choice of record.choices) add(sums.choices, `${flow(choice)}|${choice.nodeId}|${choice.output}`);
  if (record.exit) add(sums.exits, `${flow(record.exit)}|${record.exit.nodeId ?? ""}`);
  addTransfers(sums, record);
  if (record.way !== undefined && flowId !== null)
    addWay(waySumsOf(sums, `${flowId}|${flowVersionId ?? ""}`), readWay(record.way), record);
}

/** Passed on by an operator, or put through by the flow; reached: the caller talked to somebody then. */
function addTransfers(sums: Sums, { passedOn = [], rung, direction }: CallRecord): void {
  for (const [at, passing] of passedOn.entries()) {
    const end = passedOn[at + 1]?.at ?? Number.POSITIVE_INFINITY;
    const reached = rung.some(({ answeredAt }) => answeredAt !== null && answeredAt >= passing.at && answeredAt <= end);
    addTransfer(sums, `operator|${passing.kind}|${passing.to}`, reached);
  }
  if (direction === "outbound") return;
  for (const { offerId, operatorId, target, rangAt, answeredAt } of rung) {
    if (offerId !== null || operatorId !== null || isOfPassing(passedOn, rangAt)) continue;
    addTransfer(sums, `flow|number|${target ?? ""}`, answeredAt !== null);
  }
}

const isOfPassing = (passedOn: readonly PassedOn[], rangAt: number): boolean => passedOn.some(({ at }) => at <= rangAt);

function addTransfer(sums: Sums, key: string, reached: boolean): void {
  const tally = tallyOf(sums.transfers, key);
  add(tally, "made");
  add(tally, "reached", reached ? 1 : 0);
}

function addVisit(sums: Sums, visit: CountedVisit, now: number): void {
  const { queueId, queueName, joinedAt, leftAt, outcome, overflow } = visit;
  const queue = queueSumsOf(sums, queueId);
  const waited = Math.max(0, (leftAt ?? now) - joinedAt);
  add(queue.sums, "offered");
  add(queue.sums, outcome);
  queue.longestMs = Math.max(queue.longestMs, waited);
  if (overflow) add(queue.sums, "overflowed");
  if (outcome === "answered") {
    addWait(queue.answeredIn, waited);
    add(queue.sums, "answerMs", waited);
    add(queue.sums, "talkMs", visit.talkMs);
    add(queue.sums, "wrapUpMs", visit.wrapUpMs);
    add(queue.sums, "holds", visit.holds);
    add(queue.sums, "heldMs", visit.heldMs);
    if (visit.handedOver) add(queue.sums, "handedOver");
  }
  if (outcome === "abandoned") {
    addWait(queue.abandonedIn, waited);
    add(queue.sums, "abandonMs", waited);
  }
  if (outcome === "answered" || outcome === "abandoned" || outcome === "left") add(queue.sums, "waitMs", waited);
  sums.names[queueId] = queueName;
}

/** As a day's figures of operators are counted, quarter by quarter. */
function addOperators(all: ReadonlyMap<number, Sums>, seen: Seen, now: number): void {
  const within = (from: number, until: number) =>
    quartersOf(from, Math.max(until, from + 1)).filter((at) => all.has(at));
  const times = grouped(seen.times, ({ from, until }) => within(from, until));
  const offers = grouped(seen.offers, ({ offeredAt }) => [quarterOf(offeredAt)]);
  const records = grouped(
    seen.records.filter(({ rung }) => rung.length > 0),
    ({ startedAt, endedAt }) => within(startedAt, (endedAt ?? now) + 1),
  );
  for (const [from, sums] of all) {
    const bounds = { from, until: from + QUARTER_MS };
    const part = { bounds, now, times: times(from), offers: offers(from), records: records(from) };
    for (const [operatorId, figures] of operatorFigures(part)) {
      const tally = tallyOf(sums.operators, operatorId);
      const { averageTalkMs, occupancy, pauses, pausedMs, signedInMs, availableMs, ...counts } = figures;
      for (const [name, count] of Object.entries(counts)) add(tally, name, count ?? 0);
      add(tally, "signedInMs", signedInMs);
      add(tally, "availableMs", availableMs);
      add(tally, "busyMs", signedInMs - pausedMs - availableMs);
      for (const { reason, label, ms } of pauses)
        add(tally, `pause.${label === null ? reason : `${reason}.${label}`}`, ms);
      const name = seen.operatorNames.get(operatorId) ?? nameThen(part.records, operatorId);
      if (name) sums.names[operatorId] = name;
    }
  }
}

function grouped<Item>(items: readonly Item[], keysOf: (item: Item) => readonly number[]) {
  const found = new Map<number, Item[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = found.get(key);
      if (group) group.push(item);
      else found.set(key, [item]);
    }
  }
  return (key: number): readonly Item[] => found.get(key) ?? [];
}

function nameThen(records: readonly CallRecord[], operatorId: string): string | null {
  for (const { rung } of records) {
    const then = rung.find((telephone) => telephone.operatorId === operatorId)?.operatorName;
    if (then) return then;
  }
  return null;
}
