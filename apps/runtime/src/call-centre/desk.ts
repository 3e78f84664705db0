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
 * call waits in the line. What is shown of a call that the operator dialled was given with it. `byItself`: no operator's command decided
 * it, so an acceptance was the clock's.
 */
export function deskCall(
  desk: Desk,
  shift: Shift,
  shownOf: ShownOfOffer,
  { now, byItself }: { readonly now: number; readonly byItself: boolean },
): CurrentCallView | null {
  const { state, current } = shift;
  if (!current || state === "offered") return null;
  const { offerId, queueId } = current;
  const isKnown = desk.call?.offerId === offerId && desk.call.callId === callOn(current);
  let call = isKnown ? desk.call : null;
  if (!call) {
    const shown = offerId === null ? dialled(desk, current.callId) : shownOf(offerId);
    if (!shown) return null;
    call = {
      ...{ callId: callOn(current), offerId, queueId, ...shown, answeredAt: null, endedAt: null },
      ...{ acceptedAt: now, ...(byItself ? { acceptedItself: true } : {}) },
      ...{ outcome: null, note: "", noteRev: 0, muted: false },
    };
  }
  const rings = state === "dialling" ? (current.rings ?? null) : null;
  if (rings !== (call.rings ?? null)) call = { ...call, rings };
  if (state !== "ringing" && state !== "dialling" && call.answeredAt === null) call = { ...call, answeredAt: now };
  if (state === "wrapUp" && call.endedAt === null) call = { ...call, endedAt: now };
  return call;
}

/** A telephone that is only tried shows no call: there is nobody in it. */
function dialled({ dial }: Desk, callId: string) {
  return dial?.callId === callId && dial.party.kind !== "nobody" ? { card: dial.card, callback: null } : undefined;
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
  return { ...desk, notices: kept([...desk.notices, notice]) };
}

/** Adds a notice of a supervisor, once. */
export function withSupervisorNotice(desk: Desk, notice: Omit<NoticeView, "code" | "callId">): Desk {
  if (desk.notices.some(({ noticeId }) => noticeId === notice.noticeId)) return desk;
  const added: NoticeView = { ...notice, code: "fromSupervisor", callId: null, toAcknowledge: true };
  return { ...desk, notices: kept([...desk.notices, added]) };
}

/** The desk whose operator asks for help since then, or not any more. */
export function withHelp(desk: Desk, since: number | null): Desk {
  const { call } = desk;
  if (call === null || ((call.helpSince ?? null) === null) === (since === null)) return desk;
  return { ...desk, call: { ...call, helpSince: since } };
}

/** The operator has read a notice of a supervisor. */
export function withAcknowledged(desk: Desk, noticeId: string): Desk {
  const asked = (notice: NoticeView) => notice.noticeId === noticeId && notice.toAcknowledge === true;
  if (!desk.notices.some(asked)) return desk;
  const notices = desk.notices.map((notice) => (asked(notice) ? { ...notice, toAcknowledge: false } : notice));
  return { ...desk, notices };
}

/** The newest, and those that nobody has acknowledged yet. */
function kept(notices: readonly NoticeView[]): readonly NoticeView[] {
  const from = notices.length - keptNotices;
  return notices.filter(({ toAcknowledge }, at) => at >= from || toAcknowledge === true);
}

const codeOf: Readonly<Record<TellCode, NoticeView["code"] | null>> = {
  missedOffer: "offerMissed",
  signedOutAfterMissed: "signedOutAfterMissed",
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
  numberMachine: "numberMachine",
  // The operator's state says it (`pause.reason: forced`).
  forcedBySupervisor: null,
};

function noticeCode(intent: Intent): NoticeView["code"] | null {
  if (intent.type === "tellOperator") return codeOf[intent.code];
  // An offer that ran out is told by `missedOffer`, which also says that it was missed.
  if (intent.type !== "withdrawOffer" || intent.reason === "expired") return null;
  if (intent.reason === "takenByOther") return "offerTaken";
  return intent.reason === "callerLeft" ? "callerGone" : "offerWithdrawn";
}
