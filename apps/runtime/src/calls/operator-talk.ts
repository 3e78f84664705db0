import type { CallDocument } from "./model.ts";

/** Whose conversation a call is just now, and at which end of it the person is. Pure. */

/** `offerId`: by which the operator got the call; null: they dialled it. */
export interface OperatorTalk {
  readonly offerId: string | null;
  readonly operatorId: string;
  readonly operatorName: string | null;
}

/** The conversation that an operator has in this call; null: nobody talks, or no operator does. */
export function operatorTalk({ leg, placed }: Pick<CallDocument, "leg" | "placed">): OperatorTalk | null {
  if (leg?.state !== "talking") return null;
  if (placed && !placed.inLine) {
    const { offerId, operatorId, operatorName } = placed;
    return { offerId, operatorId, operatorName };
  }
  const { offerId, operatorId, operatorName } = leg;
  return offerId === null ? null : { offerId, operatorId: operatorId ?? "", operatorName };
}

/** The queue that the conversation came from; null: none, somebody dialled. */
export const queueOfTalk = ({ queue, placed }: Pick<CallDocument, "queue" | "placed">): string | null =>
  queue?.queueId ?? placed?.queueId ?? null;

/** The operator who places this call, while nobody has answered; null: nobody does, or it is beyond that. */
export function whoPlaces({
  leg,
  placed,
  status,
}: Pick<CallDocument, "leg" | "placed" | "status">): Pick<OperatorTalk, "operatorId"> | null {
  if (status !== "live" || !placed || placed.inLine || leg?.state === "talking") return null;
  return placed.party?.kind === "conversation" || placed.party?.kind === "alarm" ? null : placed;
}

/** Whether the operator of this offer, or who dialled (null), talks. */
export function isTalkOf(call: Pick<CallDocument, "leg" | "placed">, offerId: string | null): boolean {
  const talk = operatorTalk(call);
  return talk !== null && talk.offerId === offerId;
}

/**
 * Whether the person, and not the operator, is at our end of the line: they called, were rung first, or have been brought there since
 * (decision record 60).
 */
export function hasPartyAtOurEnd({ placed }: Pick<CallDocument, "placed">): boolean {
  return !placed || placed.first === "party" || placed.turned === true;
}

/** Whether the operator is at our end, and talks: nothing can be done with the person before the call is turned round. */
export function isToBeTurned(call: Pick<CallDocument, "leg" | "placed" | "status">): boolean {
  return call.status === "live" && !hasPartyAtOurEnd(call) && operatorTalk(call) !== null;
}
