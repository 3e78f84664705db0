import type {
  AskEffect,
  CallFacts,
  ExpressionValue,
  FoundContacts,
  Identity,
  IdentityQuestion,
  MailboxContents,
  MailboxMessage,
  MessageList,
  PromptReference,
} from "@cordboard/node-kit";
import type { StateValue } from "xstate";

/** What the caller hears now, and the entry that an answer to it must carry. */
export type OpenMedia =
  | { readonly entry: number; readonly kind: "play"; readonly keys: string }
  /** `oneKey`: a single key answers it; keys of the whole flow count then as well. */
  | { readonly entry: number; readonly kind: "collect"; readonly oneKey: boolean }
  /** Kept with its list, so that music which stops can be started again. */
  | {
      readonly entry: number;
      readonly kind: "hold";
      readonly playlist: readonly PromptReference[];
      readonly keys: string;
    }
  | { readonly entry: number; readonly kind: "record" }
  | { readonly entry: number; readonly kind: "dial"; readonly offerId: string | null };

/** What a caller was told of their place in line in this visit of a node, and what is told now. */
export interface ToldPlace {
  readonly position: number | null;
  readonly minutes: number | null;
  readonly now: { readonly position: number | null; readonly minutes: number | null };
}

/** At which times the caller may have themselves called back, in this visit of a node, and which they chose. */
export interface OfferedSlots {
  /** UTC milliseconds. */
  readonly offered: readonly number[];
  readonly timeZone: string;
  /** Null: as soon as possible. Absent: they have not chosen. */
  readonly taken?: number | null;
}

/** How much of its hold music a caller has heard: it goes on from there when it is played again. */
export interface HeardMusic {
  /** Which playlist; another one begins at its beginning. */
  readonly of: string;
  readonly heardMs: number;
  /** Since when it plays, UTC milliseconds; null: something else is heard. */
  readonly since: number | null;
}

/** What a queue has its callers hear while they wait, as it was when this visit of a node began. */
export interface HeardQueueMusic {
  readonly holdMusic: readonly PromptReference[];
  readonly adverts: readonly PromptReference[];
  readonly advertEveryMs: number | null;
  /** Which advert was said last of those that are due at times of their own, counted on and on; -1: none. */
  readonly turn: number;
}

/** The place in line. `accepted`: the offers that were taken up already; a repeat of one does nothing. */
export interface OpenQueue {
  readonly entry: number;
  readonly queueId: string;
  readonly accepted: readonly string[];
}

/** Where answers are still expected. What arrives with another entry than the one that is open does nothing. */
export interface OpenChannels {
  readonly media: OpenMedia | null;
  readonly queue: OpenQueue | null;
  readonly timers: Readonly<Record<string, number>>;
  readonly advance: number | null;
  /** What the host was asked and has not answered yet. */
  readonly ask: { readonly entry: number; readonly kind: AskEffect["type"] } | null;
  /** What another system was asked and has not answered yet. Absent in calls of a release that asked none. */
  readonly request?: { readonly entry: number } | null;
}

/**
 * A flow that waits for a sub-flow to come back. Its secrets stay among the snapshot's, under `<depth>:<name>`, so that they are in the
 * one member that hosts encrypt.
 */
export interface Frame {
  /** The node that the sub-flow runs in, with those around it: `n1`, `n1/n4`. */
  readonly path: string;
  /** The variables of the flow that waits. */
  readonly variables: Readonly<Record<string, ExpressionValue>>;
}

/** The voicemail box that a caller consults, as long as they are in the node that opened it. Never a code. */
export interface ConsultedMailbox {
  /** As keyed, until it was opened. */
  readonly number: string;
  readonly contents: MailboxContents | null;
  readonly list: MessageList;
  readonly message: MailboxMessage | null;
  /** Where in the message the caller is, or was when it was stopped. */
  readonly fromMs: number;
  /** Since when it is heard, UTC milliseconds; null: it is not. */
  readonly heardSince: number | null;
}

/**
 * All that the engine remembers of a call: plain JSON. A host stores it and gives it back; nothing is lost by a detour over
 * JSON.stringify. It names the flow's node and the node's state, so a call stays where it is when the process changes.
 *
 * `secrets` holds the values of secret variables, and nothing else does: a host keeps this one member encrypted, and out of traces and
 * logs. Effects never carry them (validation refuses secret variables in whatever is said or shown), but for the confidential pieces of a
 * request, which a host seals as well.
 */
export interface CallSnapshot {
  readonly format: 1;
  readonly status: "running" | "ended";
  readonly flowId: string;
  /** The node that the call is in, with the type and version that it runs; null on the engine's own last steps. */
  readonly node: { readonly id: string; readonly type: string; readonly typeVersion: number } | null;
  /** XState's state value: node id, or node id with the states inside it. */
  readonly value: StateValue;
  readonly call: CallFacts;
  readonly language: string;
  readonly variables: Readonly<Record<string, ExpressionValue>>;
  readonly secrets: Readonly<Record<string, ExpressionValue>>;
  /** The flows that wait for the sub-flow which the call is in, the outermost first. `variables` and `secrets` are the innermost's. */
  readonly stack: readonly Frame[];
  /** Who calls, as far as it was looked for. Absent in calls of a release that did not look. */
  readonly contacts?: FoundContacts | null;
  /** What the caller recorded and neither kept nor took back. */
  readonly recording: string | null;
  readonly mailbox: ConsultedMailbox | null;
  // What came later is absent in calls of an earlier release.
  /** Whether who calls proved who they are; looking for another contact forgets it. Never a code. */
  readonly identity?: Identity | null;
  /** Whose telephone code was keyed, in the node that asked for it. Never a code. */
  readonly centreUser?: string | null;
  /** The one-time code that was sent last. */
  readonly codeSent?: IdentityQuestion["sent"];
  readonly place?: ToldPlace | null;
  readonly slots?: OfferedSlots | null;
  readonly music?: HeardMusic | null;
  readonly queueMusic?: HeardQueueMusic | null;
  /** What the caller was told or asked last. */
  readonly said?: PromptReference | null;
  /** Of this visit of the node; entering a node empties them. */
  readonly counters: Readonly<Record<string, number>>;
  /** The branch that `choose` found in this visit. */
  readonly chosen: string | null;
  /** Given to the next effect that expects an answer; never used twice in a call. */
  readonly nextEntry: number;
  readonly open: OpenChannels;
  /** How often the call was taken to the error path: the flow's own, then the built-in announcement, then the end. */
  readonly failures: number;
  /** Media effects that failed, in a row. */
  readonly mediaFailures: number;
}
