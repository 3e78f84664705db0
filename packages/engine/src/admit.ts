import type { AskEffect, FlowEvent } from "@cordboard/node-kit";
import type { MachineEvent } from "./compiled-flow.ts";
import { type Draft, note } from "./draft.ts";
import { takeMailboxAnswer } from "./mailbox.ts";
import { hold } from "./open-media.ts";
import type { IgnoredReason } from "./step-result.ts";

/** `event`: what the machine is to be stepped with; null when the engine dealt with it. */
export type Admission =
  | { readonly admitted: true; readonly event: MachineEvent | null }
  | { readonly admitted: false; readonly reason: IgnoredReason };

/** Music that stops is started again this often in a row; then the caller hears of a technical problem. */
const HOLD_FAILURES = 3;
/** A caller for whom nothing could be played this often in a row hears nothing: the call takes the error path. */
const MEDIA_FAILURES = 10;

const STALE: Admission = { admitted: false, reason: "stale" };

/**
 * Lets an event through when it answers what is open, closes the channel that it answers, and turns failures of media into what nodes
 * understand: a play goes on, a question counts as silence, a telephone as unreachable, a recording as empty, music is started again.
 */
export function admit(draft: Draft, event: FlowEvent): Admission {
  const { next } = draft;
  if (next.status === "ended") return { admitted: false, reason: "ended" };
  switch (event.type) {
    case "advance":
      if (next.open.advance !== event.entry) return STALE;
      next.open = { ...next.open, advance: null };
      return { admitted: true, event };
    case "timer.fired": {
      const { [event.timerId]: entry, ...timers } = next.open.timers;
      if (entry !== event.entry) return STALE;
      next.open = { ...next.open, timers };
      return { admitted: true, event };
    }
    case "schedule.answered":
      return admitAnswer(draft, event, "askSchedule");
    case "queue.answered":
      return admitAnswer(draft, event, "askQueue");
    case "queueMusic.answered": {
      const admission = admitAnswer(draft, event, "askQueueMusic");
      const { holdMusic, adverts, advertEveryMs } = event;
      // The first that is due is the first of the list.
      if (admission.admitted) next.queueMusic = { holdMusic, adverts, advertEveryMs, turn: -1 };
      return admission;
    }
    case "place.answered":
      return admitAnswer(draft, event, "askPlace");
    case "drawn":
      return admitAnswer(draft, event, "draw");
    case "callback.answered":
      return admitAnswer(draft, event, "promiseCallback");
    case "slots.answered": {
      const admission = admitAnswer(draft, event, "askSlots");
      const { slots, timeZone } = event;
      if (admission.admitted) next.slots = { offered: slots, timeZone };
      return admission;
    }
    case "mailbox.answered": {
      const admission = admitAnswer(draft, event, "askMailbox");
      if (admission.admitted) takeMailboxAnswer(draft, event);
      return admission;
    }
    case "contact.answered": {
      const admission = admitAnswer(draft, event, "lookUpContact");
      const { source, result, matches, contacts } = event;
      if (admission.admitted) {
        next.contacts = { source, result, matches, contacts };
        // Whoever that is now has proven nothing.
        next.identity = null;
        next.codeSent = null;
      }
      return admission;
    }
    case "identity.answered": {
      const admission = admitAnswer(draft, event, "askIdentity");
      const { by, result } = event;
      if (admission.admitted && result !== "sent") {
        next.identity = { by, result: result === "wrong" ? "failed" : result };
        // A code is right once.
        if (result === "verified") next.codeSent = null;
      }
      return admission;
    }
    case "centre.answered": {
      const admission = admitAnswer(draft, event, "askCentre");
      if (admission.admitted && event.userId !== null) next.centreUser = event.userId;
      return admission;
    }
    case "notice.answered":
      return admitAnswer(draft, event, "postNotice");
    case "request.answered":
      if (next.open.request?.entry !== event.entry) return STALE;
      next.open = { ...next.open, request: null };
      return { admitted: true, event };
    case "queue.unstaffed":
    case "queue.busy":
    case "queue.full":
    case "queue.overflowed":
    case "queue.closed":
      return next.open.queue?.entry === event.entry ? { admitted: true, event } : STALE;
    case "offer.accepted": {
      const { queue } = next.open;
      if (queue?.entry !== event.entry || queue.accepted.includes(event.offerId)) return STALE;
      next.open = { ...next.open, queue: { ...queue, accepted: [...queue.accepted, event.offerId] } };
      return { admitted: true, event };
    }
    case "flow.failed":
    case "caller.gone":
      return { admitted: true, event };
    default:
      return next.open.media?.entry === event.entry ? admitMedia(draft, event) : STALE;
  }
}

/** What the host was asked is answered, when it is this that was asked last. */
function admitAnswer(
  draft: Draft,
  event: Extract<MachineEvent, { readonly entry: number }>,
  kind: AskEffect["type"],
): Admission {
  const { next } = draft;
  if (next.open.ask?.entry !== event.entry || next.open.ask.kind !== kind) return STALE;
  next.open = { ...next.open, ask: null };
  return { admitted: true, event };
}

type MediaAnswer = Extract<
  FlowEvent,
  { readonly type: `play.${string}` | `input.${string}` | `dial.${string}` | "record.done" | "media.lost" }
>;

function admitMedia(draft: Draft, event: MediaAnswer): Admission {
  const { next } = draft;
  const { media } = next.open;
  if (media === null) return STALE;
  switch (event.type) {
    case "play.done":
      return media.kind === "play" ? answered(draft, event) : STALE;
    case "input.digits":
      if (media.kind === "play" || media.kind === "hold") {
        const isListenedFor = event.digits.length === 1 && media.keys.includes(event.digits);
        return isListenedFor ? answered(draft, { ...event, oneKey: true }) : STALE;
      }
      return media.kind === "collect" ? answered(draft, { ...event, oneKey: media.oneKey }) : STALE;
    case "input.silence":
      return media.kind === "collect" ? answered(draft, event) : STALE;
    case "record.done":
      if (media.kind !== "record") return STALE;
      next.recording = event.recordingId === "" ? null : event.recordingId;
      return answered(draft, event);
    case "dial.ringing":
      return media.kind === "dial" ? { admitted: true, event } : STALE;
    case "dial.answered":
      if (media.kind !== "dial") return STALE;
      next.mediaFailures = 0;
      placeUsed(draft, media.offerId);
      return { admitted: true, event };
    case "dial.ended":
      if (media.kind !== "dial") return STALE;
      if (event.result === "completed") placeUsed(draft, media.offerId);
      return answered(draft, event);
    case "play.failed":
    case "media.lost":
      return failed(draft, event);
  }
}

function answered(draft: Draft, event: MachineEvent): Admission {
  draft.next.open = { ...draft.next.open, media: null };
  draft.next.mediaFailures = 0;
  return { admitted: true, event };
}

/** A conversation began: the place in line has served its purpose. No effect: the call centre knows it from the telephone. */
function placeUsed(draft: Draft, offerId: string | null): void {
  if (offerId !== null) draft.next.open = { ...draft.next.open, queue: null };
}

function failed(draft: Draft, event: Extract<FlowEvent, { type: "play.failed" | "media.lost" }>): Admission {
  const { next } = draft;
  const { media } = next.open;
  if (media === null) return STALE;
  const { entry } = media;
  const node = next.node?.id ?? null;
  const reason = event.type === "play.failed" ? event.reason : "no answer";
  next.mediaFailures += 1;
  next.open = { ...next.open, media: null };
  const most = media.kind === "hold" ? HOLD_FAILURES : MEDIA_FAILURES;
  if (next.mediaFailures >= most) {
    note(draft, "mediaFailed", { times: next.mediaFailures, reason });
    return { admitted: true, event: { type: "flow.failed", code: "mediaFailed" } };
  }
  if (media.kind === "hold") {
    note(draft, "holdRestarted", { node, reason });
    // From its beginning: a file that is missing would be missing again.
    next.music = null;
    hold(draft, media.playlist, media.keys);
    return { admitted: true, event: null };
  }
  note(draft, event.type === "play.failed" ? "playFailed" : "mediaLost", { node, reason });
  switch (media.kind) {
    case "play":
      return { admitted: true, event: { type: "play.done", entry } };
    case "collect":
      return { admitted: true, event: { type: "input.silence", entry } };
    case "record":
      next.recording = null;
      return {
        admitted: true,
        event: { type: "record.done", entry, recordingId: "", durationMs: 0, reason: "silence" },
      };
    case "dial":
      return { admitted: true, event: { type: "dial.ended", entry, result: "unreachable", talkMs: 0 } };
  }
}
