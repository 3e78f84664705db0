/**
 * What a step of a call asks of the world. Plain data: an effect is stored in the call's outbox before it leaves, shown in its trace,
 * and carried by the runtime (jambonz) or by the scenario runner (virtual time).
 *
 * **Channels and entries.** An effect that expects an answer opens a *channel* and carries an `entry`: a number that the engine never
 * uses twice in a call. The answer carries the same number. What arrives with another number than the one that is open on its channel
 * is from an earlier visit, or a repeat, and does nothing. `media` is exclusive (a caller hears one thing at a time: opening it closes
 * what was there); `queue` is the place in line; `ask` is a question to the host that it answers at once (a schedule, a random draw, a
 * promise, a voicemail box, who calls), whatever the caller hears meanwhile; `request` is a question to another system, which may take its
 * time; each timer is a channel of its own.
 */
import type { CentreQuestion } from "./centre.ts";
import type { FlowRequest } from "./http-request.ts";
import type { IdentityQuestion } from "./identity.ts";
import type { MailboxQuestion } from "./mailbox.ts";
import type { Notice } from "./notice.ts";
import type { PromptReference } from "./prompt-reference.ts";

/** Where a call can be sent. `telephone` is one of the company's own, held by an operator's shift; the others are anybody. */
export type DialTarget =
  | { readonly kind: "telephone"; readonly telephoneId: string }
  | { readonly kind: "sipUri"; readonly uri: string }
  | { readonly kind: "user"; readonly name: string }
  | { readonly kind: "number"; readonly number: string }
  /** The telephone that the company named as its switchboard. */
  | { readonly kind: "switchboard" };

/** What an accepted call opens on the operator's side. Values are resolved; the script itself is looked up by the host. */
export interface AttachedScript {
  readonly scriptId: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Says something to the caller. Answered by `play.done`, `play.failed`, or, for one of `keys`, by `input.digits` with that key alone:
 * the prompt is then cut short. Other keys pressed meanwhile are lost: use `collect` for those.
 */
export interface PlayEffect {
  readonly type: "play";
  readonly entry: number;
  readonly prompt: PromptReference;
  /** The keys that are listened for, each once, as `"0*"`; none: `""`. */
  readonly keys: string;
}

/** Asks for keys. A prompt that keys may interrupt belongs in here (protocol: keys during a plain play are lost). */
export interface CollectEffect {
  readonly type: "collect";
  readonly entry: number;
  readonly prompt: PromptReference | null;
  readonly minDigits: number;
  readonly maxDigits: number;
  readonly finishOnKey: string | null;
  /** Silence allowed after the prompt, milliseconds. */
  readonly patienceMs: number;
  /** Silence allowed between two keys, milliseconds; only when fewer than `maxDigits` may be enough. */
  readonly interDigitMs: number | null;
  /** What is keyed is secret: it reaches no trace, snapshot or log in clear. */
  readonly secret: boolean;
}

/** Music for a caller who waits, round and round until another media effect. Answered only by `play.failed`, or by `input.digits` for one of `keys`. */
export interface HoldEffect {
  readonly type: "hold";
  readonly entry: number;
  /** Played one after the other and again from the start: music, advert, music … */
  readonly playlist: readonly PromptReference[];
  /** How much of it this caller has heard already, milliseconds: it goes on from there, round and round. Absent: nothing. */
  readonly heardMs?: number;
  /** As of PlayEffect. */
  readonly keys: string;
}

/**
 * Records what the caller says, for a voicemail box. Answered by `record.done`, or `play.failed` when it cannot be. A recording that was
 * neither kept nor dropped when the call ends, however it ends, is delivered when it is at least `minMs` long.
 */
export interface RecordEffect {
  readonly type: "record";
  readonly entry: number;
  readonly boxId: string;
  /** A tone before the recording begins. */
  readonly beep: boolean;
  readonly finishOnKey: string | null;
  /** The longest, milliseconds. */
  readonly maxMs: number;
  /** What is shorter is no message, milliseconds. */
  readonly minMs: number;
  /** Silence that ends the recording, milliseconds; null: silence does not. */
  readonly silenceMs: number | null;
  /** Absent: a message. A greeting that is not made one before the call ends is forgotten; so is an `echo`, which is only played back. */
  readonly purpose?: "message" | "greeting" | "echo";
}

/** The caller is content with the recording: it goes to its box now. Not answered. */
export interface KeepMessageEffect {
  readonly type: "keepMessage";
  readonly recordingId: string;
}

/** The recording is taken back: made again, or too short. Not answered. */
export interface DropMessageEffect {
  readonly type: "dropMessage";
  readonly recordingId: string;
}

/**
 * Whether conversations of this call are recorded, from here on: `on`, whatever their queue says; `off`, whatever it says; `refused`: the
 * caller does not wish it, which nothing takes back. Not answered.
 */
export interface SetRecordingEffect {
  readonly type: "setRecording";
  readonly wish: RecordingWish;
}

export type RecordingWish = "on" | "off" | "refused";

/** Asks in which state a schedule is now. Answered by `schedule.answered`; a schedule that is gone counts as open. */
export interface AskScheduleEffect {
  readonly type: "askSchedule";
  readonly entry: number;
  readonly scheduleId: string;
}

/** Asks how a queue stands now. Answered by `queue.answered`; a queue that is gone stands empty and unstaffed. */
export interface AskQueueEffect {
  readonly type: "askQueue";
  readonly entry: number;
  readonly queueId: string;
}

/** Asks what callers of a queue hear while they wait. Answered by `queueMusic.answered`; a queue that is gone has nothing of its own. */
export interface AskQueueMusicEffect {
  readonly type: "askQueueMusic";
  readonly entry: number;
  readonly queueId: string;
}

/** Asks where the caller stands in the line that they wait in. Answered by `place.answered`. */
export interface AskPlaceEffect {
  readonly type: "askPlace";
  readonly entry: number;
  readonly queueId: string;
}

/** Asks for chance. Answered by `drawn`. */
export interface DrawEffect {
  readonly type: "draw";
  readonly entry: number;
}

/** Promises the caller to be rung. Answered by `callback.answered`; carried exactly once. */
export interface PromiseCallbackEffect {
  readonly type: "promiseCallback";
  readonly entry: number;
  readonly queueId: string;
  /** As shown by the network or as keyed by the caller. */
  readonly number: string;
  /** The promise takes over the place that the call has, or had last, in this queue. */
  readonly keepPlace: boolean;
  /** Callbacks are made while this schedule is open; null: at any time. */
  readonly scheduleId: string | null;
  /** When the slot begins that the caller chose (UTC ms); null: as soon as possible; absent: they were not asked. */
  readonly slotAt?: number | null;
}

/** Asks at which times callers may have themselves called back. Answered by `slots.answered`; none where the queue offers none. */
export interface AskSlotsEffect {
  readonly type: "askSlots";
  readonly entry: number;
  readonly queueId: string;
  /** As of PromiseCallbackEffect. */
  readonly scheduleId: string | null;
}

/** Asks something of a voicemail box. Answered by `mailbox.answered`; the same question, asked again, changes nothing more. */
export interface AskMailboxEffect {
  readonly type: "askMailbox";
  readonly entry: number;
  readonly question: MailboxQuestion;
}

/**
 * Asks who this is: by the caller's number (null: it is hidden, and nobody is found by it), or by something that the caller gave.
 * Answered by `contact.answered`.
 */
export interface LookUpContactEffect {
  readonly type: "lookUpContact";
  readonly entry: number;
  /** `contacts`: the company's own; otherwise the id of a connector. */
  readonly source: string;
  readonly by: "number" | "value";
  readonly key: string | null;
}

/** Has somebody told. Answered by `notice.answered` once that is sure to happen; the same one, posted again, is told once. */
export interface PostNoticeEffect {
  readonly type: "postNotice";
  readonly entry: number;
  readonly notice: Notice;
}

/**
 * Asks another system. Answered by `request.answered`, once it has been asked as often as it may be. Kept with the call until then: it is asked
 * at least once, also when the caller hangs up meanwhile, and again when the process died over it (with the same idempotency key).
 */
export interface SendRequestEffect {
  readonly type: "sendRequest";
  readonly entry: number;
  readonly request: FlowRequest;
}

/** Asks something of a centre that is switched by telephone. Answered by `centre.answered`; the same question, asked again, changes nothing more. */
export interface AskCentreEffect {
  readonly type: "askCentre";
  readonly entry: number;
  readonly question: CentreQuestion;
}

/** Asks whether the contact who calls proves who they are. Answered by `identity.answered`. */
export interface AskIdentityEffect {
  readonly type: "askIdentity";
  readonly entry: number;
  readonly question: IdentityQuestion;
}

/** A skill that a call asks for, 1 to 5, and from when on less will do (0: no longer asked for). */
export interface SkillWish {
  readonly skillId: string;
  readonly level: number;
  readonly relax?: readonly { readonly afterMs: number; readonly level: number }[];
}

/**
 * Takes a place in a queue (or keeps the one the call has there). Answered by `offer.accepted`, `queue.unstaffed`, `queue.busy`,
 * `queue.full`, `queue.overflowed`, `queue.closed`.
 */
export interface EnqueueEffect {
  readonly type: "enqueue";
  readonly entry: number;
  readonly queueId: string;
  readonly priority: number;
  /** Ask to be told (`queue.unstaffed`) when nobody who may serve this queue is signed in. */
  readonly leaveWhenUnstaffed: boolean;
  /** Ask to be told (`queue.busy`) when operators are signed in, but none of them is free when the call joins. */
  readonly leaveWhenBusy: boolean;
  /** How long an offer of this call lasts, milliseconds; null: as the queue says. */
  readonly offerMs: number | null;
  // What came later may be absent: nothing of it is asked for.
  /** Beside what the queue asks for. */
  readonly skills?: readonly SkillWish[];
  /** Operators, by id or code, who are asked before everybody else, in this order. */
  readonly preferredOperatorIds?: readonly string[];
  /** Before all others, the operator whom the caller talked to last. */
  readonly preferLastOperator?: boolean;
  /** For how long nobody else is asked, milliseconds. */
  readonly preferMs?: number;
  /** Ask to be told (`queue.full`, `queue.overflowed`) when the queue's limits are reached. */
  readonly leaveWhenFull?: boolean;
}

/** Gives the place in line back; offers in flight are withdrawn. */
export interface LeaveQueueEffect {
  readonly type: "leaveQueue";
  readonly entry: number;
  readonly queueId: string;
}

/** Rings a telephone for the caller, with ring music. Answered by `dial.ringing`*, `dial.answered`, then `dial.ended`. */
export interface DialEffect {
  readonly type: "dial";
  readonly entry: number;
  readonly target: DialTarget;
  readonly ringMs: number;
  /** What the caller hears meanwhile. */
  readonly music: PromptReference | null;
  /** Set when this is an accepted offer: binds the leg to it. */
  readonly offerId: string | null;
}

/** Makes a script (screen pop) part of the call; shown by name in the pop-up, opened on accept. Not answered. */
export interface AttachScriptEffect {
  readonly type: "attachScript";
  readonly script: AttachedScript | null;
}

/** Arms a timer. `timerId` is unique in the node; arming one again replaces it. Answered by `timer.fired`. */
export interface StartTimerEffect {
  readonly type: "startTimer";
  readonly entry: number;
  readonly timerId: string;
  /** UTC milliseconds. */
  readonly dueAt: number;
}

export interface CancelTimerEffect {
  readonly type: "cancelTimer";
  readonly timerId: string;
}

/** An instant node is done: the host steps again with `advance` and counts (design: no eventless transition from node to node). */
export interface AdvanceEffect {
  readonly type: "advance";
  readonly entry: number;
}

/** Ends the call. Before the answer it is a refusal (`sip:decline`), afterwards a hang-up. */
export interface HangUpEffect {
  readonly type: "hangUp";
  /** SIP status for a call that was never answered. */
  readonly declineStatus: number;
}

/** Something worth a line in the call's trace that no other effect says (a failed expression, a missing language …). */
export interface NoteEffect {
  readonly type: "note";
  readonly code: string;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

export type Effect =
  | PlayEffect
  | CollectEffect
  | HoldEffect
  | RecordEffect
  | KeepMessageEffect
  | DropMessageEffect
  | SetRecordingEffect
  | AskScheduleEffect
  | AskQueueEffect
  | AskQueueMusicEffect
  | AskPlaceEffect
  | DrawEffect
  | PromiseCallbackEffect
  | AskSlotsEffect
  | AskMailboxEffect
  | LookUpContactEffect
  | PostNoticeEffect
  | SendRequestEffect
  | AskIdentityEffect
  | AskCentreEffect
  | EnqueueEffect
  | LeaveQueueEffect
  | DialEffect
  | AttachScriptEffect
  | StartTimerEffect
  | CancelTimerEffect
  | AdvanceEffect
  | HangUpEffect
  | NoteEffect;

/** The effects after which the caller hears something else than before. At most one of them leaves a step: the last one counts. */
export type MediaEffect = PlayEffect | CollectEffect | HoldEffect | RecordEffect | DialEffect | HangUpEffect;

/** The effects that ask the host something, on the channel `ask`: one at a time, answered at once. */
export type AskEffect =
  | AskScheduleEffect
  | AskQueueEffect
  | AskQueueMusicEffect
  | AskPlaceEffect
  | DrawEffect
  | PromiseCallbackEffect
  | AskSlotsEffect
  | AskMailboxEffect
  | LookUpContactEffect
  | PostNoticeEffect
  | AskIdentityEffect
  | AskCentreEffect;
