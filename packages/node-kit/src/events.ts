/**
 * What can happen to a call, as data. The host makes these from the telephony protocol, from the call centre's decisions and from due
 * timers; the engine gives them to the machine. `entry` is the number of the effect that an event answers (see effects.ts).
 */
import type { CentreResult } from "./centre.ts";
import type { FoundContacts } from "./contact-facts.ts";
import type { DialTarget } from "./effects.ts";
import type { ExpressionValue } from "./expression-value.ts";
import type { RequestResult } from "./http-request.ts";
import type { IdentityMeans, IdentityResult } from "./identity.ts";
import type { MailboxContents, MailboxMessage, MailboxResult } from "./mailbox.ts";
import type { NoticeResult } from "./notice.ts";
import type { PromptReference } from "./prompt-reference.ts";

/** Why a telephone that was rung did not end in a conversation. Only `completed` is a conversation (protocol rule 5). */
export type DialResult = "completed" | "busy" | "silent" | "unreachable";

/** How a schedule stands at a moment. A holiday with hours of its own is `open` or `closed`. */
export type ScheduleAnswer = "open" | "closed" | "holiday";

/**
 * What became of a callback that was to be promised: `already`: this number has one in this queue; `full`: no more are taken;
 * `slotTaken`: no more at the time that was chosen.
 */
export type CallbackAnswer = "promised" | "already" | "full" | "refused" | "slotTaken";

/** What callers of a queue hear while they wait, in the caller's language. */
export interface QueueMusic {
  /** Empty: nothing of its own. */
  readonly holdMusic: readonly PromptReference[];
  readonly adverts: readonly PromptReference[];
  /** How long from one advert to the next, milliseconds; null: one after each piece of music. */
  readonly advertEveryMs: number | null;
  /** Names the settings that were used, for the trace; null when there are none. */
  readonly version: string | null;
}

/** Why a queue takes no callers. `by` and `reason`: of who closed it by hand; null: its opening hours. */
export interface QueueClosing {
  readonly by: string | null;
  readonly reason: string | null;
}

/** How a queue stands at a moment. */
export interface QueueFigures {
  /** Callers in its line, whoever is offered one just now. */
  readonly waiting: number;
  /** How long the one who has waited longest has; 0: nobody waits. */
  readonly longestMs: number;
  /** Operators who have ticked it and are not paused; busy ones too. */
  readonly staffed: number;
  /** How long a caller who joins now may wait, by what was answered in the last half-hour; null: too little was to say so. */
  readonly expectedWaitMs: number | null;
  /** It takes no callers now. Absent: it does, as far as is known. */
  readonly closed?: boolean;
}

/** What a queue tells its waiting callers of their place; see `PlaceStands`. */
export interface PlaceRules {
  readonly say: "never" | "position" | "wait" | "both";
  /** Not before the caller has waited so long, milliseconds. */
  readonly firstMs: number;
  /** How long until there may be news again, milliseconds. */
  readonly everyMs: number;
  /** Who is further back is not told their position; null: everybody is. */
  readonly upToPosition: number | null;
  /** A longer wait is not told; null: any is. */
  readonly upToWaitMs: number | null;
}

/** Where a caller stands in a line just now, and what the queue wants them to be told of it. */
export interface PlaceStands {
  /** 1: next. Null: the caller is not in that line (any more). */
  readonly position: number | null;
  readonly expectedWaitMs: number | null;
  readonly waitedMs: number;
  readonly rules: PlaceRules;
}

export type FlowEvent =
  | { readonly type: "advance"; readonly entry: number }
  | { readonly type: "play.done"; readonly entry: number }
  | { readonly type: "play.failed"; readonly entry: number; readonly reason: string }
  | { readonly type: "input.digits"; readonly entry: number; readonly digits: string }
  | { readonly type: "input.silence"; readonly entry: number }
  /** `recordingId` is empty when there is nothing (`durationMs` is 0 then). */
  | {
      readonly type: "record.done";
      readonly entry: number;
      readonly recordingId: string;
      readonly durationMs: number;
      readonly reason: "key" | "maximum" | "silence";
    }
  /** `version` names the state of the schedule that was asked, for the trace; null when there is none. */
  | {
      readonly type: "schedule.answered";
      readonly entry: number;
      readonly state: ScheduleAnswer;
      readonly version: string | null;
    }
  | ({ readonly type: "queue.answered"; readonly entry: number } & QueueFigures)
  | ({ readonly type: "queueMusic.answered"; readonly entry: number } & QueueMusic)
  | ({ readonly type: "place.answered"; readonly entry: number } & PlaceStands)
  /** `share` is at least 0 and less than 1. */
  | { readonly type: "drawn"; readonly entry: number; readonly share: number }
  | { readonly type: "callback.answered"; readonly entry: number; readonly result: CallbackAnswer }
  /** When the slots begin that are free (UTC ms), the next one first, and in whose zone they are told. */
  | {
      readonly type: "slots.answered";
      readonly entry: number;
      readonly slots: readonly number[];
      readonly timeZone: string;
    }
  /** `box`: what is in it now, when it could be asked. `message`: the one that was asked for. `number`: the one that may be rung. */
  | {
      readonly type: "mailbox.answered";
      readonly entry: number;
      readonly result: MailboxResult;
      readonly box: MailboxContents | null;
      readonly message: MailboxMessage | null;
      readonly number: string | null;
    }
  | ({ readonly type: "contact.answered"; readonly entry: number } & FoundContacts)
  | { readonly type: "notice.answered"; readonly entry: number; readonly result: NoticeResult }
  /**
   * `status`: the other system's, 0 when it gave none. `values`: what stands at the request's pointers; null where nothing does. `reason`: why
   * it failed, for the trace.
   */
  | {
      readonly type: "request.answered";
      readonly entry: number;
      readonly result: RequestResult;
      readonly status: number;
      readonly values: readonly (ExpressionValue | null)[];
      readonly attempts: number;
      readonly reason: string | null;
    }
  | {
      readonly type: "identity.answered";
      readonly entry: number;
      readonly by: IdentityMeans;
      readonly result: IdentityResult;
    }
  /** `userId`: who is at the telephone, once that is known. */
  | {
      readonly type: "centre.answered";
      readonly entry: number;
      readonly result: CentreResult;
      readonly userId: string | null;
    }
  | { readonly type: "timer.fired"; readonly entry: number; readonly timerId: string }
  | { readonly type: "queue.unstaffed"; readonly entry: number }
  | { readonly type: "queue.busy"; readonly entry: number }
  /** As many wait as the queue takes. */
  | { readonly type: "queue.full"; readonly entry: number }
  /** The caller has waited as long as the queue lets anybody wait. */
  | { readonly type: "queue.overflowed"; readonly entry: number }
  /** The queue takes no callers now, or sends those who wait away. */
  | ({ readonly type: "queue.closed"; readonly entry: number } & QueueClosing)
  | {
      readonly type: "offer.accepted";
      readonly entry: number;
      readonly offerId: string;
      readonly operatorId: string;
      readonly target: DialTarget;
    }
  | { readonly type: "dial.ringing"; readonly entry: number }
  | { readonly type: "dial.answered"; readonly entry: number }
  | { readonly type: "dial.ended"; readonly entry: number; readonly result: DialResult; readonly talkMs: number }
  /** The host gave up waiting for the answer to a media effect (its clock ran out): the caller may be hearing nothing. */
  | { readonly type: "media.lost"; readonly entry: number }
  /** The flow ran away (too many steps without a wait) or a step threw: the error path runs and the caller hears it. */
  | { readonly type: "flow.failed"; readonly code: string }
  /** The caller's leg is gone. Nothing can be said any more. */
  | { readonly type: "caller.gone"; readonly by: "caller" | "us" | "network" };

export type FlowEventType = FlowEvent["type"];
