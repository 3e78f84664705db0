import type { NotEligible } from "@cordboard/acd";
import type { OfferReasons, OperatorOffer } from "@cordboard/api";
import type { OfferDocument } from "../call-centre/index.ts";
import type { RecordNames } from "./call-record.ts";

const iso = (at: number) => new Date(at).toISOString();

/** Why an offer went to its operator, with names. */
export function offerReasons({ why }: OfferDocument, names: RecordNames): OfferReasons {
  const person = (operatorId: string) => ({ operatorId, name: names.operator(operatorId) });
  return {
    order: why.order,
    first: why.first,
    eligible: why.eligible.map(({ operatorId }) => person(operatorId)),
    not: entriesOf(why.not).map(([reason, operatorIds]) => ({ reason, operators: operatorIds.map(person) })),
    skills: [...(why.skills ?? [])],
  };
}

/** The offer as it concerns one operator, or null: they may not answer the call's queues. */
export function offerTo(offer: OfferDocument, operatorId: string, names: RecordNames): OperatorOffer | null {
  const { why, queueId } = offer;
  const asked = offer.operatorId === operatorId;
  const place = why.eligible.findIndex((one) => one.operatorId === operatorId);
  const [reason] = entriesOf(why.not).find(([, operatorIds]) => operatorIds.includes(operatorId)) ?? [];
  if (!asked && place < 0 && reason === undefined) return null;
  return {
    offerId: offer._id,
    callId: offer.callId,
    queue: { queueId, name: names.queue(queueId) },
    offeredAt: iso(offer.offeredAt),
    operator: { operatorId: offer.operatorId, name: names.operator(offer.operatorId) },
    asked,
    end: offer.state === "offered" ? null : offer.state,
    first: asked ? why.first : null,
    reason: asked ? null : (reason ?? null),
    before: asked ? 0 : Math.max(0, place),
  };
}

function entriesOf(not: OfferDocument["why"]["not"]): readonly (readonly [NotEligible, readonly string[]])[] {
  return Object.entries(not).flatMap(([reason, operatorIds]) =>
    operatorIds === undefined ? [] : [[reason as NotEligible, operatorIds] as const],
  );
}
