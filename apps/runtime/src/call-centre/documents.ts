import type { Offer, Shift, WaitingCall } from "@cordboard/acd";
import type { CallCard, CurrentCallView, NoticeView } from "../ports/index.ts";

/** What an operator's agent shows beyond the shift itself; kept with the shift, so that it survives whoever matches. */
export interface Desk {
  /** The number of the company's commit that last changed what this operator sees (`OperatorView.seq`). */
  readonly seq: number;
  readonly call: CurrentCallView | null;
  /** The newest last, at most 20. */
  readonly notices: readonly NoticeView[];
}

export const emptyDesk: Desk = { seq: 0, call: null, notices: [] };

/** What the host remembers of a waiting call beyond the matching. */
export interface WaitingExtra {
  readonly card: CallCard;
}

/** `live` and `holdsTelephone` repeat what `closedAt` and `telephoneId` say, because a partial index needs a plain equality. */
export interface ShiftDocument extends Omit<Shift, "id"> {
  readonly _id: string;
  readonly live: boolean;
  readonly holdsTelephone: boolean;
  readonly desk: Desk;
}

export interface WaitingCallDocument extends Omit<WaitingCall, "id"> {
  readonly _id: string;
  readonly live: boolean;
  readonly extra: WaitingExtra;
}

/** Kept for good: who was asked, who was not and why, and what came of it. */
export interface OfferDocument extends Omit<Offer, "id"> {
  readonly _id: string;
  readonly live: boolean;
}

export function shiftDocument({ id, ...shift }: Shift, desk: Desk): ShiftDocument {
  const live = shift.closedAt === null;
  return { _id: id, ...shift, live, holdsTelephone: live && shift.telephoneId !== null, desk };
}

export function waitingCallDocument({ id, ...call }: WaitingCall, extra: WaitingExtra): WaitingCallDocument {
  return { _id: id, ...call, live: call.closedAt === null, extra };
}

export function offerDocument({ id, ...offer }: Offer): OfferDocument {
  return { _id: id, ...offer, live: offer.closedAt === null };
}

export function shiftOf({ _id, live, holdsTelephone, desk, ...shift }: ShiftDocument): Shift {
  return { id: _id, ...shift };
}

export function waitingCallOf({ _id, live, extra, ...call }: WaitingCallDocument): WaitingCall {
  return { id: _id, ...call };
}

export function offerOf({ _id, live, ...offer }: OfferDocument): Offer {
  return { id: _id, ...offer };
}
