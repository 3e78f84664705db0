import type { FlowEvent, MailboxAction, MailboxQuestion } from "@cordboard/node-kit";
import type { ConsultedMailbox } from "./call-snapshot.ts";
import { ask } from "./channels.ts";
import type { MachineEvent } from "./compiled-flow.ts";
import type { Draft } from "./draft.ts";
import type { EngineAction } from "./machine-types.ts";
import { dial } from "./open-media.ts";

/** What of a message is heard again after a pause, milliseconds: nobody finds the word at which they stopped. */
const HEARD_AGAIN_MS = 1_500;

const UNOPENED: ConsultedMailbox = {
  number: "",
  contents: null,
  list: "new",
  message: null,
  fromMs: 0,
  heardSince: null,
};

type Answer = Extract<FlowEvent, { type: "mailbox.answered" }>;

/** Asks the host of the box that the caller consults, or remembers what they hear of it. */
export function mailbox(draft: Draft, action: MailboxAction, event: MachineEvent): void {
  const { next } = draft;
  const at = next.mailbox ?? UNOPENED;
  switch (action.what) {
    case "number":
      next.mailbox = { ...UNOPENED, number: keys(event) };
      return;
    case "open":
      // The code goes to the host in the question, and stays nowhere.
      next.mailbox = at;
      question(draft, { what: "open", boxId: action.boxId, number: at.number, code: keys(event) });
      return;
    case "first":
      next.mailbox = { ...at, list: action.list, message: null, fromMs: 0, heardSince: null };
      question(draft, { what: "next", boxId: boxOf(at), list: action.list, after: null });
      return;
    case "next": {
      const { list, message } = at;
      const after = message && { messageId: message.messageId, receivedAt: message.receivedAt };
      question(draft, { what: "next", boxId: boxOf(at), list, after });
      return;
    }
    case "keep":
    case "delete":
    case "calledBack":
    case "callBack":
      question(draft, { what: action.what, boxId: boxOf(at), messageId: at.message?.messageId ?? "" });
      return;
    case "forward": {
      const messageId = at.message?.messageId ?? "";
      question(draft, { what: "forward", boxId: boxOf(at), messageId, number: keys(event) });
      return;
    }
    case "greeting": {
      const recordingId = next.recording ?? "";
      question(draft, { what: "greeting", boxId: boxOf(at), state: action.state, recordingId });
      return;
    }
    case "play":
      next.mailbox = { ...at, fromMs: action.from === "start" ? 0 : at.fromMs, heardSince: draft.now };
      return;
    case "pause": {
      const heardMs = at.heardSince === null ? 0 : draft.now - at.heardSince;
      const fromMs = Math.max(0, at.fromMs + heardMs - HEARD_AGAIN_MS);
      next.mailbox = { ...at, fromMs: Math.min(fromMs, at.message?.durationMs ?? 0), heardSince: null };
    }
  }
}

/** What the host answered becomes what the caller hears of. */
export function takeMailboxAnswer(draft: Draft, { box, message }: Answer): void {
  const at = draft.next.mailbox;
  if (at === null || (box === null && message === null)) return;
  draft.next.mailbox = {
    ...at,
    contents: box ?? at.contents,
    ...(message && { message, fromMs: 0, heardSince: null }),
  };
}

/** Rings the number that the host has just allowed. */
export function dialBack(
  draft: Draft,
  params: Extract<EngineAction, { type: "dialBack" }>["params"],
  event: MachineEvent,
): void {
  if (event.type !== "mailbox.answered") throw new Error("dialBack outside mailbox.answered");
  const target = { kind: "number", number: event.number ?? "" } as const;
  dial(draft, { ...params, target, offerId: null });
}

function question(draft: Draft, asked: MailboxQuestion): void {
  ask(draft, (entry) => ({ type: "askMailbox", entry, question: asked }));
}

const boxOf = ({ contents }: ConsultedMailbox): string => contents?.boxId ?? "";

function keys(event: MachineEvent): string {
  if (event.type !== "input.digits") throw new Error("keys of a voicemail box outside input.digits");
  return event.digits;
}
