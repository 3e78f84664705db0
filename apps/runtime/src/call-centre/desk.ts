import type { Intent, Shift, TellCode } from "@cordboard/acd";
import type { CallbackView, CallCard, CurrentCallView, NoticeView } from "../ports/index.ts";
import { callOn } from "./callback-ids.ts";
import type { Desk } from "./documents.ts";

const keptNotices = 20;

/** What the desk needs to know of an offer that its operator accepted. */
export type ShownOfOffer = (
  offerId: string,
) => { readonly card: CallCard; readonly callback: CallbackView | null } | undefined;

/**
 * The call on an operator's desk after one decision: it appears with the acceptance and stays until the wrap-up is over, longer than the
 * call waits in the line. Calls that the operator dialled have no card and are not on it.
 */
export function deskCall(desk: Desk, shift: Shift, shownOf: ShownOfOffer, now: number): CurrentCallView | null {
  const { state, current } = shift;
  if (!current || current.offerId === null || current.queueId === null || state === "offered") return null;
  const { offerId, queueId } = current;
  let call = desk.call?.offerId === offerId ? desk.call : null;
  if (!call) {
    const shown = shownOf(offerId);
    if (!shown) return null;
    const unsaid = { outcome: null, note: "", noteRev: 0, muted: false };
    call = {
      callId: callOn(current),
      offerId,
      queueId,
      ...shown,
      acceptedAt: now,
      answeredAt: null,
      endedAt: null,
      ...unsaid,
    };
  }
  if (state !== "ringing" && state !== "dialling" && call.answeredAt === null) call = { ...call, answeredAt: now };
  if (state === "wrapUp" && call.endedAt === null) call = { ...call, endedAt: now };
  return call;
}

/** Adds what this intent tells the operator, of the call that `callId` names; the newest 20 are kept. */
export function withNotice(
  desk: Desk,
  intent: Intent,
  { noticeId, callId, now }: { readonly noticeId: string; readonly callId: string | null; readonly now: number },
): Desk {
  const code = noticeCode(intent);
  if (code === null) return desk;
  const notice: NoticeView = { noticeId, at: now, code, callId };
  return { ...desk, notices: [...desk.notices, notice].slice(-keptNotices) };
}

const codeOf: Readonly<Record<TellCode, NoticeView["code"] | null>> = {
  missedOffer: "offerMissed",
  telephoneBusy: "telephoneBusy",
  telephoneSilent: "telephoneSilent",
  telephoneUnreachable: "telephoneUnreachable",
  telephoneTaken: "telephoneTakenOver",
  connectionWasLost: "connectionLost",
  callerLeftWhileRinging: "callerGone",
  hangUpYourTelephone: "legOrphaned",
  numberBusy: "numberBusy",
  numberSilent: "numberSilent",
  numberUnreachable: "numberUnreachable",
  // The operator's state says it (`pause.reason: forced`).
  forcedBySupervisor: null,
};

function noticeCode(intent: Intent): NoticeView["code"] | null {
  if (intent.type === "tellOperator") return codeOf[intent.code];
  // An offer that ran out is told by `missedOffer`, which also says that it was missed.
  if (intent.type !== "withdrawOffer" || intent.reason === "expired") return null;
  return intent.reason === "callerLeft" ? "callerGone" : "offerWithdrawn";
}
