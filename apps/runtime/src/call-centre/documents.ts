import type { Offer, Shift, WaitingCall } from "@cordboard/acd";
import type { CallbackOrigin, CallCard, CurrentCallView, Dial, NoticeView } from "../ports/index.ts";
import { callOn, isCallbackId } from "./callback-ids.ts";

/** What an operator's agent shows beyond the shift itself; kept with the shift, so that it survives whoever matches. */
export interface Desk {
  /** The number of the company's commit that last changed what this operator sees (`OperatorView.seq`). */
  readonly seq: number;
  readonly call: CurrentCallView | null;
  /** The newest last, at most 20. */
  readonly notices: readonly NoticeView[];
  /** What the operator dialled last: what is to be placed, until it is. Absent in rows of before. */
  readonly dial?: Dial | null;
}

export const emptyDesk: Desk = { seq: 0, call: null, notices: [] };

/** What the host remembers of a waiting call beyond the matching. */
export interface WaitingExtra {
  readonly card: CallCard;
  /** Of a callback: the call in which it was promised; null or absent: none. */
  readonly promisedInCallId?: string | null;
  /** Of a callback that was promised in no call. Absent: a call or an operator did. */
  readonly origin?: CallbackOrigin;
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
  /** Repeats what `callback` says, for a partial index. Absent in rows of an earlier version, which knew no callbacks. */
  readonly isCallback?: boolean;
  readonly extra: WaitingExtra;
}

/**
 * Kept for good: who was asked, who was not and why, and what came of it. `callId` is the call that was, or would have been, on the line:
 * for a callback the one that is placed for this offer; `callbackId` is then what was offered.
 */
export interface OfferDocument extends Omit<Offer, "id"> {
  readonly _id: string;
  readonly live: boolean;
  readonly callbackId?: string;
}

/** What came of one conversation in its operator's words, kept with the call. */
export interface CallNoteDocument {
  /** The offer by which the operator got the call; of one that they dialled, the call. */
  readonly _id: string;
  readonly rev: number;
  readonly companyId: string;
  readonly callId: string;
  readonly operatorId: string;
  /** Null: the operator dialled. */
  readonly queueId: string | null;
  /** UTC ms of the last change. */
  readonly at: number;
  readonly outcome: string | null;
  readonly note: string;
  /** The call's record does not know of it yet: see ../call-records/. */
  readonly unrecorded: boolean;
}

export function callNoteDocument(
  { companyId, operatorId }: Shift,
  { offerId, callId, queueId, outcome, note, noteRev }: CurrentCallView,
  at: number,
): CallNoteDocument {
  const of = { companyId, callId, operatorId, queueId };
  return { _id: offerId ?? callId, rev: noteRev, ...of, at, outcome, note, unrecorded: true };
}

export function shiftDocument({ id, ...shift }: Shift, desk: Desk): ShiftDocument {
  const live = shift.closedAt === null;
  return { _id: id, ...shift, live, holdsTelephone: live && shift.telephoneId !== null, desk };
}

export function waitingCallDocument({ id, ...call }: WaitingCall, extra: WaitingExtra): WaitingCallDocument {
  return { _id: id, ...call, live: call.closedAt === null, isCallback: call.callback !== null, extra };
}

export function offerDocument({ id, ...offer }: Offer): OfferDocument {
  const { callId } = offer;
  const named = isCallbackId(callId) ? { callId: callOn({ callId, offerId: id }), callbackId: callId } : { callId };
  return { _id: id, ...offer, ...named, live: offer.closedAt === null };
}

export function shiftOf({ _id, live, holdsTelephone, desk, ...shift }: ShiftDocument): Shift {
  return { id: _id, ...shift };
}

/** What a row of an earlier version may lack. */
type Kept<Row, Later extends keyof Row> = Omit<Row, Later> & Partial<Pick<Row, Later>>;

export function waitingCallOf(row: Kept<WaitingCallDocument, "number" | "callback">): WaitingCall {
  const { _id, live, isCallback, extra, number = null, callback = null, ...call } = row;
  return { id: _id, ...call, number, callback };
}

export function offerOf({ _id, live, callbackId, ...offer }: OfferDocument): Offer {
  return { id: _id, ...offer, callId: callbackId ?? offer.callId };
}

/** A desk as it is kept; what an earlier version did not write is filled in. */
export function deskOf({ call, ...desk }: Desk): Desk {
  if (call === null) return { ...desk, call };
  const { callback = null, outcome = null, note = "", noteRev = 0, muted = false }: Partial<CurrentCallView> = call;
  return { ...desk, call: { ...call, callback, outcome, note, noteRev, muted } };
}
