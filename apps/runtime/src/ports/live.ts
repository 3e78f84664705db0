import type { ByHand } from "@cordboard/acd";
/**
 * The border between the live board (`../live/`, `../realtime/`) and the call centre that decides. Ids only: names are added at the HTTP
 * border. Times are UTC milliseconds.
 */
import type { CallCard } from "./call-centre.ts";
import type { OperatorState, PauseView } from "./operator-state.ts";
import type { TalkListener } from "./supervision.ts";

/** Of visits to a line: how they ended. `inTime`: answered within what the queue aims at. */
export interface VisitCounts {
  readonly answered: number;
  readonly abandoned: number;
  readonly left: number;
  readonly inTime: number;
}

/** Whether a queue takes callers, and what a supervisor said of it by hand. */
export interface QueueStanding {
  readonly open: boolean;
  readonly byHand: ByHand | null;
}

export interface LiveQueueRow {
  readonly queueId: string;
  readonly waiting: number;
  readonly longestSince: number | null;
  readonly callbacks: number;
  /** Of a caller who joins now; null: there is nothing to say it from. */
  readonly expectedWaitMs: number | null;
  readonly signedIn: number;
  readonly available: number;
  readonly paused: number;
  /** Absent: a process of an earlier version says nothing of it. */
  readonly opening?: QueueStanding;
  readonly day: VisitCounts & { readonly offered: number; readonly shortAbandoned: number };
  readonly halfHour: VisitCounts;
}

export interface LiveOperatorRow {
  readonly operatorId: string;
  readonly state: OperatorState;
  readonly since: number;
  readonly signedInAt: number | null;
  readonly pause: PauseView | null;
  readonly afterCall: "pause" | "signOut" | null;
  readonly telephoneId: string | null;
  readonly queueIds: readonly string[];
  readonly on: {
    readonly callId: string;
    readonly queueId: string | null;
    readonly card: Pick<CallCard, "from" | "hidden" | "callerName"> | null;
    readonly callback: boolean;
    /** The operator asks for help with it since then; null: they do not. */
    readonly helpSince: number | null;
    /** The caller is on hold since then; null: they are not. */
    readonly heldSince: number | null;
    /** Who is in the conversation beside the two. Absent: nobody. */
    readonly listeners?: readonly TalkListener[];
  } | null;
  readonly connected: boolean;
  readonly toAcknowledge: number;
}

/** Rows that changed since the message before; `seq` is one higher then. Without rows it says how far things are. */
export interface LiveChanges {
  readonly epoch: number;
  readonly seq: number;
  readonly now: number;
  readonly queues: readonly LiveQueueRow[];
  readonly operators: readonly LiveOperatorRow[];
}

/** Every queue, and every operator who is signed in. */
export type LiveSnapshot = LiveChanges;

export interface WaitingCallerRow {
  readonly callId: string;
  readonly queueIds: readonly string[];
  readonly card: CallCard;
  readonly since: number;
  readonly state: "waiting" | "offered" | "connecting";
  /** By a supervisor, before all others. */
  readonly movedUp: boolean;
}

export type SupervisorCommand =
  | { readonly kind: "force"; readonly operatorId: string; readonly to: "available" | "paused" | "offline" }
  | { readonly kind: "moveUp"; readonly callId: string }
  | { readonly kind: "moveTo"; readonly callId: string; readonly queueId: string }
  /** Somebody opened or closed a queue by hand: that is durable, and to be read. */
  | { readonly kind: "queueOpened"; readonly queueId: string }
  /** Shown to those of `to` who are signed in. `noticeId` names it: told twice, it is shown once. */
  | {
      readonly kind: "notice";
      readonly noticeId: string;
      readonly to: { readonly operatorId: string } | { readonly queueId: string } | { readonly everyone: true };
      readonly by: string;
      readonly text: string;
    };

export type SupervisorAnswer =
  /** `later`: it takes hold after the present call. `told`: the operators who are shown a notice. */
  | { readonly ok: true; readonly later: boolean; readonly told: readonly string[] }
  | { readonly ok: false; readonly reason: "notSignedIn" | "gone" | "underWay" | "noSuchQueue" };

/** Bus channel of a company's {@link LiveChanges}. */
export const liveChannel = (companyId: string) => `company/${companyId}/live`;
