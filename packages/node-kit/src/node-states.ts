import type { CentreAction, CentreResult } from "./centre.ts";
import type { ContactAnswer } from "./contact-facts.ts";
import type { DialTarget, RecordingWish, SkillWish } from "./effects.ts";
import type { CallbackAnswer, DialResult, FlowEventType, ScheduleAnswer } from "./events.ts";
import type { FormatName } from "./format-value.ts";
import type { RequestResult, RequestSettings } from "./http-request.ts";
import type { IdentityMeans, IdentityResult } from "./identity.ts";
import type { GreetingState, MailboxAction, MailboxPart, MailboxResult } from "./mailbox.ts";
import type { NoticeResult, NoticeSettings } from "./notice.ts";

/**
 * What a node type says: a prompt of the flow, an announcement that ships with the product, what the caller has just recorded, or a value
 * said in a format (secret variables are not in reach of it). `language`: in which it is said, where that is not the caller's.
 */
export type PromptChoice =
  | { readonly kind: "flow"; readonly promptId: string; readonly language?: string }
  | { readonly kind: "builtIn"; readonly name: string; readonly language?: string }
  | { readonly kind: "recording" }
  /** Of the voicemail box that the node has opened. */
  | { readonly kind: "mailbox"; readonly part: MailboxPart }
  /** What the place in line is news of; see `notePlace`. */
  | { readonly kind: "place" }
  /** The advert of the queue that is due; see `nextAdvert`. */
  | { readonly kind: "advert" }
  /** One of the times that `slots.answered` brought, and the key that chooses it. */
  | { readonly kind: "slot"; readonly index: number; readonly key: string }
  /** What a box says to its callers; `boxId` null: the one that the node has opened. */
  | { readonly kind: "greeting"; readonly boxId: string | null; readonly state: GreetingState }
  | { readonly kind: "pieces"; readonly expression: string; readonly format: FormatName };

/**
 * What a state does, as a named object: never a closure, so that snapshots, traces and Stately's tools can show it. The engine carries
 * these out (packages/engine/src/perform.ts); those that ask something of the world become effects of the same name.
 */
export type StepAction =
  /** `keys`: those of the node; the flow's own come by themselves. */
  | { readonly type: "say"; readonly params: { readonly prompt: PromptChoice; readonly keys: string } }
  | {
      readonly type: "collect";
      readonly params: {
        readonly prompt: PromptChoice | null;
        readonly minDigits: number;
        readonly maxDigits: number;
        readonly finishOnKey: string | null;
        readonly patienceMs: number;
        readonly interDigitMs: number | null;
        readonly secret: boolean;
        /** The variable that is to take what is keyed: when it is secret, so are the keys. */
        readonly into: string | null;
      };
    }
  /** Says what the caller was told or asked last; what was not said yet is the built-in request for patience. */
  | { readonly type: "sayAgain"; readonly params: { readonly keys: string } }
  | { readonly type: "hold"; readonly params: { readonly playlist: readonly PromptChoice[]; readonly keys: string } }
  /** Music for who waits in a queue, with adverts between its pieces. Where the node has none of its own, those of the queue. */
  | {
      readonly type: "holdInQueue";
      readonly params: {
        readonly holdMusic: readonly PromptChoice[];
        readonly adverts: readonly PromptChoice[];
        readonly keys: string;
      };
    }
  | {
      readonly type: "record";
      readonly params: {
        readonly boxId: string;
        readonly beep: boolean;
        readonly finishOnKey: string | null;
        readonly maxMs: number;
        readonly minMs: number;
        readonly silenceMs: number | null;
        readonly purpose?: "message" | "greeting" | "echo";
      };
    }
  /** The recording at hand is delivered; nothing happens when there is none. */
  | { readonly type: "keepMessage"; readonly params: Readonly<Record<string, never>> }
  | { readonly type: "dropMessage"; readonly params: Readonly<Record<string, never>> }
  | { readonly type: "setRecording"; readonly params: { readonly wish: RecordingWish } }
  | { readonly type: "askSchedule"; readonly params: { readonly scheduleId: string } }
  | { readonly type: "askQueue"; readonly params: { readonly queueId: string } }
  | { readonly type: "askQueueMusic"; readonly params: { readonly queueId: string } }
  /** Starts the timer after which the queue's first advert is due, where it wants them at times of their own. */
  | { readonly type: "startAdverts"; readonly params: { readonly timerId: string } }
  /** The next of the queue's adverts is due, and the timer starts after which the one after it is. */
  | { readonly type: "nextAdvert"; readonly params: { readonly timerId: string } }
  /** Of the line that the call is in; nothing is asked where it is in none. */
  | { readonly type: "askPlace"; readonly params: Readonly<Record<string, never>> }
  /** Keeps what is news of the `place.answered` at hand, and starts the timer after which there may be news again, where there may. */
  | { readonly type: "notePlace"; readonly params: { readonly timerId: string } }
  | { readonly type: "draw"; readonly params: Readonly<Record<string, never>> }
  /** Asks which times are free for callbacks; `slots.answered` follows. */
  | { readonly type: "askSlots"; readonly params: { readonly queueId: string; readonly scheduleId: string | null } }
  /** The caller chooses one of the times that `slots.answered` brought; null: as soon as possible. The next promise of this visit is for it. */
  | { readonly type: "takeSlot"; readonly params: { readonly index: number | null } }
  /** `number` may hold `{{ … }}`. */
  | {
      readonly type: "promiseCallback";
      readonly params: {
        readonly queueId: string;
        readonly number: string;
        readonly keepPlace: boolean;
        readonly scheduleId: string | null;
      };
    }
  /** Asks the host something of a voicemail box, or remembers what is heard of it. */
  | { readonly type: "mailbox"; readonly params: MailboxAction }
  /** Rings the number that the host allowed for the message at hand. Only where `mailbox.answered` is handled. */
  | { readonly type: "dialBack"; readonly params: { readonly ringMs: number; readonly music: PromptChoice | null } }
  /** Asks the host of a centre that is switched by telephone; `centre.answered` follows. */
  | { readonly type: "askCentre"; readonly params: CentreAction }
  /**
   * Has a one-time code sent, or checks what was keyed; `to` may hold `{{ … }}`. A check only where `input.digits` is handled: the keys are the
   * code, which goes to the host and nowhere else.
   */
  | {
      readonly type: "askIdentity";
      readonly params: {
        readonly what: "send" | "check";
        readonly by: IdentityMeans;
        readonly source: string;
        readonly to: string;
      };
    }
  /** `value` may hold `{{ … }}`; it is not looked at where the caller's number is asked for. */
  | {
      readonly type: "lookUpContact";
      readonly params: { readonly source: string; readonly by: "number" | "value"; readonly value: string };
    }
  /** From here on the caller is spoken to in the language of the contact that was found, when the flow has it. */
  | { readonly type: "useContactLanguage"; readonly params: Readonly<Record<string, never>> }
  | {
      readonly type: "enqueue";
      readonly params: {
        readonly queueId: string;
        readonly priority: number;
        readonly leaveWhenUnstaffed: boolean;
        readonly leaveWhenBusy: boolean;
        readonly offerMs: number | null;
        /** An expression that gives the priority, 0 to 100; one that fails or gives no number leaves `priority`. */
        readonly priorityFrom?: string;
        readonly skills?: readonly SkillWish[];
        /** Operators by id or code, apart by spaces or commas; may hold `{{ … }}`. */
        readonly preferred?: string;
        readonly preferLastOperator?: boolean;
        readonly preferMs?: number;
        readonly leaveWhenFull?: boolean;
      };
    }
  | { readonly type: "leaveQueue"; readonly params: Readonly<Record<string, never>> }
  /** Rings a target of the node's settings. Strings in it may hold `{{ … }}`. */
  | {
      readonly type: "dial";
      readonly params: { readonly target: DialTarget; readonly ringMs: number; readonly music: PromptChoice | null };
    }
  /** Rings the telephone that the `offer.accepted` at hand names. */
  | { readonly type: "dialAccepted"; readonly params: { readonly ringMs: number; readonly music: PromptChoice | null } }
  | {
      readonly type: "attachScript";
      readonly params: { readonly scriptId: string; readonly parameters: Readonly<Record<string, string>> } | null;
    }
  | { readonly type: "startTimer"; readonly params: { readonly timerId: string; readonly afterMs: number } }
  | { readonly type: "cancelTimer"; readonly params: { readonly timerId: string } }
  | { readonly type: "advance"; readonly params: Readonly<Record<string, never>> }
  | {
      readonly type: "setVariables";
      readonly params: { readonly assignments: readonly { readonly variable: string; readonly expression: string }[] };
    }
  /**
   * Works values out in order, and checks what came of them: all of it counts, or nothing does. Asked for by the guard `chosen`: "ok", or "problem", and
   * then `problem` takes the name of what is wrong.
   */
  | {
      readonly type: "compute";
      readonly params: {
        readonly steps: readonly { readonly variable: string; readonly value: string; readonly when: string | null }[];
        readonly checks: readonly { readonly label: string; readonly that: string }[];
        readonly problem: string | null;
      };
    }
  /** Puts the keys of the `input.digits` at hand into a variable. */
  | { readonly type: "keepDigits"; readonly params: { readonly variable: string } }
  /** Puts what a queue answered into variables of type number; null: into none. Lengths of time in seconds, an unknown one is -1. */
  | { readonly type: "keepQueueFigures"; readonly params: QueueFigureNames }
  /** Has somebody told; `notice.answered` follows. */
  | { readonly type: "postNotice"; readonly params: NoticeSettings }
  /** Asks another system; `request.answered` follows. The node says what the caller hears meanwhile. */
  | { readonly type: "sendRequest"; readonly params: RequestSettings }
  /** Puts what the `request.answered` at hand brought into variables, in the order of the request's pointers; `status` into one of type number. */
  | {
      readonly type: "keepAnswers";
      readonly params: { readonly status: string | null; readonly variables: readonly string[] };
    }
  /** From here on the caller is spoken to in this language, when the flow has it. */
  | { readonly type: "setLanguage"; readonly params: { readonly language: string } }
  /** Notes the first branch whose expression is true; asked for by the guard `chosen`. One that fails is noted and passed over. */
  | {
      readonly type: "choose";
      readonly params: { readonly branches: readonly { readonly id: string; readonly expression: string }[] };
    }
  /** Adds one to a counter of this visit of the node. */
  | { readonly type: "count"; readonly params: { readonly counter: string } }
  | {
      readonly type: "note";
      readonly params: {
        readonly code: string;
        readonly details: Readonly<Record<string, string | number | boolean | null>>;
      };
    };

/** Which variable takes which of a queue's figures. */
export interface QueueFigureNames {
  readonly waiting: string | null;
  readonly longest: string | null;
  readonly staffed: string | null;
  readonly expectedWait: string | null;
  /** Of type boolean. */
  readonly closed?: string | null;
}

/** When a transition is taken, as a named object. */
export type StepGuard =
  | { readonly type: "pressed"; readonly params: { readonly digits: string } }
  | { readonly type: "digitCount"; readonly params: { readonly atLeast: number; readonly atMost: number } }
  | { readonly type: "counted"; readonly params: { readonly counter: string; readonly atLeast: number } }
  | { readonly type: "chosen"; readonly params: { readonly id: string } }
  | { readonly type: "dialResult"; readonly params: { readonly result: DialResult } }
  | { readonly type: "timerIs"; readonly params: { readonly timerId: string } }
  | { readonly type: "scheduleIs"; readonly params: { readonly state: ScheduleAnswer } }
  | { readonly type: "placeIsNews"; readonly params: Readonly<Record<string, never>> }
  /** Only where `slots.answered` is handled. */
  | { readonly type: "slotOffered"; readonly params: { readonly index: number } }
  /** The `slots.answered` before brought that many. */
  | { readonly type: "slotKnown"; readonly params: { readonly index: number } }
  | { readonly type: "drawnBelow"; readonly params: { readonly share: number } }
  | { readonly type: "callbackIs"; readonly params: { readonly result: CallbackAnswer } }
  | { readonly type: "mailboxIs"; readonly params: { readonly result: MailboxResult } }
  | { readonly type: "identityIs"; readonly params: { readonly result: IdentityResult } }
  | { readonly type: "centreIs"; readonly params: { readonly result: CentreResult } }
  | { readonly type: "contactIs"; readonly params: { readonly result: ContactAnswer } }
  | { readonly type: "noticeIs"; readonly params: { readonly result: NoticeResult } }
  | { readonly type: "requestIs"; readonly params: { readonly result: RequestResult } }
  | { readonly type: "recordedAtLeast"; readonly params: { readonly ms: number } };

/** The events that a node's states may handle. Failures of media and of the flow are the engine's: no node type can forget them. */
export type NodeEventType = Exclude<FlowEventType, "play.failed" | "media.lost" | "flow.failed" | "caller.gone">;

type OneOrMany<T> = T | readonly T[];

export interface NodeTransition {
  /** A state beside this one, `leaveBy(output)`, or `endCall`. */
  readonly target?: string;
  readonly guard?: StepGuard;
  readonly actions?: OneOrMany<StepAction>;
  /** Leave and enter the state even when it is the present one. */
  readonly reenter?: boolean;
}

/** A state of a node, or a small tree of them: XState's configuration without what a durable call cannot have (after, invoke, always). */
export interface NodeStates {
  readonly initial?: string;
  readonly states?: Readonly<Record<string, NodeStates>>;
  readonly entry?: OneOrMany<StepAction>;
  readonly exit?: OneOrMany<StepAction>;
  readonly on?: Readonly<Partial<Record<NodeEventType, OneOrMany<NodeTransition | string>>>>;
}
