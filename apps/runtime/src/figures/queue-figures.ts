import type { QueueFigures } from "@cordboard/api";
import { type CallRecord, heldMs, type QueueVisit, rungTalkMs } from "../call-records/call-record.ts";
import { wrapUpsOf } from "../call-records/wrap-ups.ts";
import type { OperatorTime } from "./operator-time.ts";
import { isWithinGoal } from "./within-goal.ts";

/** A visit to a line, with the conversation that came of it. */
export interface CountedVisit extends QueueVisit {
  readonly talkMs: number;
  readonly wrapUpMs: number;
  /** How often, and for how long of the talk, the caller was on hold. */
  readonly holds: number;
  readonly heldMs: number;
  /** The exchange had the conversation: its time is not known. */
  readonly handedOver?: boolean;
}

/** The visits of a call. `wrapUps` are those of operators after this call; `now` is where what goes on stands. Pure. */
export function visitsOf(record: CallRecord, wrapUps: readonly OperatorTime[], now: number): CountedVisit[] {
  const after = wrapUpsOf(record, wrapUps);
  return record.visits.map((visit) => {
    const at = record.rung.findIndex(
      ({ offerId, answeredAt }) => visit.outcome === "answered" && offerId !== null && answeredAt === visit.leftAt,
    );
    const talked = record.rung[at];
    return {
      ...visit,
      talkMs: talked ? rungTalkMs(talked, record.endedAt ?? now) : 0,
      wrapUpMs: after.get(at) ?? 0,
      holds: talked?.holds?.length ?? 0,
      heldMs: talked ? heldMs(talked, record.endedAt ?? now) : 0,
      ...(talked?.handedOver && { handedOver: true }),
    };
  });
}

/** Within how long a queue aims to answer, ms. */
export type GoalOf = (queueId: string) => number;

/** The figures of some visits, as docs/figures.md defines them; each is in time by the goal of its own queue. Pure. */
export function queueFigures(visits: readonly CountedVisit[], now: number, goalOf: GoalOf): QueueFigures {
  const of = (outcome: QueueVisit["outcome"]) => visits.filter((visit) => visit.outcome === outcome);
  const waited = ({ joinedAt, leftAt }: QueueVisit) => Math.max(0, (leftAt ?? now) - joinedAt);
  const answered = of("answered");
  const abandoned = of("abandoned");
  const left = of("left");
  const served = [...answered, ...abandoned, ...left];
  const inTime = answered.filter((visit) => isWithinGoal(waited(visit), goalOf(visit.queueId))).length;
  const talkMs = sum(answered.map((visit) => visit.talkMs));
  const handedOver = answered.filter((visit) => visit.handedOver).length;
  const seen = answered.length - handedOver;
  const holds = sum(answered.map((visit) => visit.holds));
  const wrapUpMs = sum(answered.map((visit) => visit.wrapUpMs));
  return {
    offered: visits.length,
    answered: answered.length,
    abandoned: abandoned.length,
    shortAbandoned: of("shortAbandoned").length,
    left: left.length,
    waiting: of("waiting").length,
    answeredInTime: inTime,
    serviceLevel: served.length === 0 ? null : inTime / served.length,
    averageAnswerMs: average(answered.map(waited)),
    averageWaitMs: average(served.map(waited)),
    longestWaitMs: visits.length === 0 ? null : visits.reduce((most, visit) => Math.max(most, waited(visit)), 0),
    talkMs,
    averageTalkMs: seen === 0 ? null : Math.round(talkMs / seen),
    ...(handedOver > 0 && { handedOver }),
    ...(holds > 0 && { holds, heldMs: sum(answered.map((visit) => visit.heldMs)) }),
    wrapUpMs,
    averageWrapUpMs: answered.length === 0 ? null : Math.round(wrapUpMs / answered.length),
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

const average = (numbers: readonly number[]) =>
  numbers.length === 0 ? null : Math.round(sum(numbers) / numbers.length);
