import type { CallDetail, CallOffer, CallSummary } from "@cordboard/api";
import type { CallNoteDocument, OfferDocument, ShiftTimeDocument } from "../call-centre/index.ts";
import { numberText } from "../companies/index.ts";
import { type CallRecord, heldMs, type RecordNames, ringMs, rungTalkMs, talkMs, waitMs } from "./call-record.ts";
import { offerReasons } from "./offer-reasons.ts";
import { wireNote } from "./said-of-call.ts";
import { wrapUpsOf } from "./wrap-ups.ts";

const iso = (at: number) => new Date(at).toISOString();
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

/** A row of the list, as people read it. `now` is where a call that runs stands. */
export function callSummary(record: CallRecord, country: string, now: number): CallSummary {
  const { from, to, endedAt } = record;
  const queueName = (queueId: string) =>
    [...record.visits, ...record.rung].find((one) => one.queueId === queueId && one.queueName)?.queueName ?? queueId;
  const operatorName = (operatorId: string) =>
    record.rung.find((telephone) => telephone.operatorId === operatorId)?.operatorName ?? operatorId;
  return {
    callId: record._id,
    direction: record.direction,
    from,
    fromText: from === null ? null : numberText(from, country),
    hidden: record.hidden,
    to,
    toText: numberText(to, country),
    lineName: record.lineId === null ? null : record.lineName,
    flowId: record.flowId,
    versionId: record.flowVersionId,
    ...(record.everydayId !== undefined && { everydayId: record.everydayId }),
    startedAt: iso(record.startedAt),
    endedAt: isoOrNull(endedAt),
    endedBy: record.endedBy,
    result: record.result,
    durationMs: Math.max(0, (endedAt ?? now) - record.startedAt),
    waitMs: waitMs(record, endedAt ?? now),
    talkMs: talkMs(record, endedAt ?? now),
    queues: record.queueIds.map((queueId) => ({ queueId, name: queueName(queueId) })),
    operators: record.operatorIds.map((operatorId) => ({ operatorId, name: operatorName(operatorId) })),
    outcomes: [...(record.outcomes ?? [])],
  };
}

/** What was kept of a call elsewhere: by the call centre and by the voicemail. */
export interface Beside {
  readonly offers: readonly OfferDocument[];
  readonly wrapUps: readonly ShiftTimeDocument[];
  readonly messages: CallDetail["messages"];
  readonly recordings: CallDetail["recordings"];
  readonly notes: readonly CallNoteDocument[];
  readonly scripts: CallDetail["scripts"];
}

export function callDetail(
  record: CallRecord,
  { offers, wrapUps, messages, recordings, notes, scripts }: Beside,
  names: RecordNames,
  country: string,
  now: number,
): CallDetail {
  const until = record.endedAt ?? now;
  const wrapUpMs = wrapUpsOf(record, wrapUps);
  return {
    ...callSummary(record, country, now),
    // Of a moment ago, which the record may not know yet.
    outcomes: [...new Set(notes.flatMap(({ outcome }) => outcome ?? []))],
    callerName: record.callerName,
    visits: record.visits.map((visit) => ({
      queueId: visit.queueId,
      name: visit.queueName,
      nodeId: visit.nodeId,
      joinedAt: iso(visit.joinedAt),
      leftAt: isoOrNull(visit.leftAt),
      waitMs: Math.max(0, (visit.leftAt ?? until) - visit.joinedAt),
      outcome: visit.outcome,
      ...(visit.overflow
        ? {
            overflow: {
              at: iso(visit.overflow.at),
              by: visit.overflow.by,
              queues: visit.overflow.queues.map(({ queueId, queueName }) => ({ queueId, name: queueName })),
            },
          }
        : {}),
      ...(visit.movedUpAt === undefined ? {} : { movedUpAt: iso(visit.movedUpAt) }),
    })),
    conversations: record.rung.map((telephone, at) => ({
      operator:
        telephone.operatorId === null
          ? null
          : { operatorId: telephone.operatorId, name: telephone.operatorName ?? telephone.operatorId },
      queueId: telephone.queueId,
      target: telephone.target,
      rangAt: iso(telephone.rangAt),
      answeredAt: isoOrNull(telephone.answeredAt),
      endedAt: isoOrNull(telephone.endedAt),
      outcome: telephone.outcome,
      ringMs: ringMs(telephone, until),
      talkMs: rungTalkMs(telephone, until),
      wrapUpMs: wrapUpMs.get(at) ?? null,
      ...(telephone.handedOver && { handedOver: true }),
      ...(telephone.holds && { holds: telephone.holds.length, heldMs: heldMs(telephone, until) }),
    })),
    offers: offers.map((offer) => callOffer(offer, names)),
    choices: record.choices.map(({ at, nodeId, output }) => ({ at: iso(at), nodeId, output })),
    nodesVisited: record.nodesVisited,
    ...(record.identity && { identity: { ...record.identity, at: iso(record.identity.at) } }),
    notes: notes.map((note) => wireNote(note, names.operator)),
    scripts,
    messages,
    recordings,
  };
}

function callOffer(offer: OfferDocument, names: RecordNames): CallOffer {
  return {
    offerId: offer._id,
    operatorId: offer.operatorId,
    operatorName: names.operator(offer.operatorId),
    queueId: offer.queueId,
    offeredAt: iso(offer.offeredAt),
    endedAt: isoOrNull(offer.endedAt),
    end: offer.state === "offered" ? null : offer.state,
    withdrawReason: offer.withdrawReason,
    ...(offer.why ? { why: offerReasons(offer, names) } : {}),
  };
}
