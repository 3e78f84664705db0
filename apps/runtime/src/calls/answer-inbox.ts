import type { CallHandler, CallInbox, ControlAnswer, ControlRequest, SupervisionWish } from "../ports/index.ts";
import type { ConsultNews } from "./consulted-legs.ts";
import type { LiveCall } from "./live-call.ts";
import type { TalkStanding, TalkWish } from "./recorded-talk.ts";
import type { Listened } from "./supervision.ts";

export type InboxAnswer = Awaited<ReturnType<CallInbox["offerAccepted"]>> | TalkStanding | ControlAnswer | "late";

/** What one process asks of the call that another one holds. */
export type InboxMessage =
  | { readonly kind: "offerAccepted"; readonly request: Parameters<CallInbox["offerAccepted"]>[0] }
  | { readonly kind: "unstaffed"; readonly request: Parameters<CallInbox["unstaffed"]>[0] }
  /** An operator asks something of the recording of their conversation. */
  | { readonly kind: "recordTalk"; readonly wish: TalkWish }
  | { readonly kind: "control"; readonly request: ControlRequest }
  /** A supervisor's call: what they wish; a conversation: who is in it beside the two. */
  | { readonly kind: "supervised"; readonly wish: SupervisionWish }
  | { readonly kind: "listened"; readonly listened: Listened }
  /** A leg that was parted from the call is there, or over. */
  | { readonly kind: "leg"; readonly legSid: string; readonly what: "there" | "over" }
  /** What is told of the leg of somebody who is asked first. */
  | { readonly kind: "consulted"; readonly entry: number; readonly legSid: string; readonly news: ConsultNews }
  /** The person's leg has a socket of its own: the call is to be of whoever has that. */
  | { readonly kind: "turn"; readonly partySid: string }
  /** The end of the call, heard of by another process. */
  | { readonly kind: "over"; readonly event: Parameters<CallHandler["onAftermath"]>[1] };

/** Has the call do what is asked. */
export async function answerInbox(
  call: LiveCall,
  message: Exclude<InboxMessage, { kind: "turn" }>,
): Promise<InboxAnswer> {
  if (message.kind === "over") {
    call.handle(message.event);
    await call.settled();
    // One that turned out to be another's by now has noted nothing.
    return call.document.status === "ended" ? "taken" : "unowned";
  }
  if (message.kind === "leg") return call.legTold(message.legSid, message.what);
  if (message.kind === "consulted") return call.consultTold(message.entry, message.legSid, message.news);
  if (message.kind === "supervised") return call.supervised(message.wish);
  if (message.kind === "listened") return call.listened(...message.listened);
  if (message.kind === "control") return call.control(message.request);
  if (message.kind === "recordTalk") return call.recordTalk(message.wish);
  if (message.kind === "unstaffed") {
    const { entry, busy, turnedAway } = message.request;
    return call.unstaffed(entry, busy, turnedAway);
  }
  const { entry, offerId, operatorId, operatorName, target } = message.request;
  return call.offerAccepted({ type: "offer.accepted", entry, offerId, operatorId, target }, operatorName);
}

export function isTalkStanding(answer: unknown): answer is TalkStanding {
  return typeof answer === "string" && ["on", "paused", "off", "refused", "gone"].includes(answer);
}
