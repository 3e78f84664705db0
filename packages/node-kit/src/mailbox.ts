/**
 * A voicemail box that is consulted by telephone, as flows and their host speak of it. The flow asks, the host answers at once
 * (channel `ask`): what is in the box, whose code was keyed, and what becomes of a message, is the host's business.
 */

/** Why nobody answers, as callers are told: a box may have a greeting for each. */
export const GREETING_STATES = ["busy", "absent", "closed"] as const;
export type GreetingState = (typeof GREETING_STATES)[number];

/** Of a box: messages that nobody has heard, and those that are kept. */
export type MessageList = "new" | "kept";

/** A message as far as a caller is told of it. */
export interface MailboxMessage {
  readonly messageId: string;
  /** UTC milliseconds. */
  readonly receivedAt: number;
  readonly durationMs: number;
  /** Null when its caller hid it. */
  readonly number: string | null;
}

/** What is in a box just now. */
export interface MailboxContents {
  readonly boxId: string;
  readonly newCount: number;
  readonly keptCount: number;
}

export type MailboxQuestion =
  /** The box with this id, or, where that is null, with this number; `code` is what was keyed, and is in nothing that is stored. */
  | { readonly what: "open"; readonly boxId: string | null; readonly number: string; readonly code: string }
  /** The message that follows, oldest first; the first one where `after` is null. */
  | {
      readonly what: "next";
      readonly boxId: string;
      readonly list: MessageList;
      readonly after: Pick<MailboxMessage, "messageId" | "receivedAt"> | null;
    }
  /** `keep`: it was heard. `calledBack`: its caller was talked to. */
  | { readonly what: "keep" | "delete" | "calledBack"; readonly boxId: string; readonly messageId: string }
  /** A copy to the box with this number. */
  | { readonly what: "forward"; readonly boxId: string; readonly messageId: string; readonly number: string }
  /** Whether the message's caller may be rung, and on which number. */
  | { readonly what: "callBack"; readonly boxId: string; readonly messageId: string }
  /** What was recorded becomes the greeting. */
  | {
      readonly what: "greeting";
      readonly boxId: string;
      readonly state: GreetingState;
      readonly recordingId: string;
    };

/**
 * `refused`: a wrong number or code, a box or a message that is not there, a number that is not rung. `locked`: too many wrong codes.
 * `none`: there is no further message. `failed`: the host could not say.
 */
export type MailboxResult = "done" | "refused" | "locked" | "none" | "failed";

/** What the states of a node do with a box: ask the host, or remember what the caller hears of it. Values that only the call knows are added by the engine. */
export type MailboxAction =
  /** Only where `input.digits` is handled: the keys are the number of a box. */
  | { readonly what: "number" }
  /** Only where `input.digits` is handled: the keys are the code. `boxId` null: of the box whose number was keyed. */
  | { readonly what: "open"; readonly boxId: string | null }
  | { readonly what: "first"; readonly list: MessageList }
  | { readonly what: "next" | "keep" | "delete" | "callBack" | "calledBack" }
  /** Only where `input.digits` is handled: the keys are the number of the box that gets a copy. */
  | { readonly what: "forward" }
  | { readonly what: "greeting"; readonly state: GreetingState }
  /** The message is heard from here on: from its beginning, or from where it was stopped. */
  | { readonly what: "play"; readonly from: "start" | "here" }
  /** It is stopped: what was heard of it is remembered. */
  | { readonly what: "pause" };

/** What is said of a box and its message. */
export type MailboxPart = "message" | "newCount" | "keptCount" | "number" | "date" | "time" | "duration";
