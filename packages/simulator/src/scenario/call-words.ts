import type { CompiledFlow } from "@cordboard/engine";
import type { FlowDocument } from "@cordboard/flow-schema";
import type { ScheduleAnswer } from "@cordboard/node-kit";
import type { Schedule } from "@cordboard/schedule";
import type { AskedTold } from "./asked-told.ts";
import type { QueueLimits } from "./call-centre.ts";
import type { Duration } from "./duration.ts";
import type { FlowSketch } from "./flow-sketch.ts";
import type { ScenarioContact } from "./scenario-contacts.ts";
import type { QueueStands } from "./scenario-host.ts";
import type { MailboxHeld, ScenarioMailbox } from "./scenario-mailbox.ts";
import type { ScenarioOperator } from "./scenario-operator.ts";

/** The words in which a scenario tells a call. Each either lets something happen or says what must be so; time is virtual. */
export interface CallWords {
  /** Dials a line that this flow serves. */
  to(flow: FlowSketch | FlowDocument | CompiledFlow): void;
  /** The next thing the caller hears, to its end; the music of a wait may be passed over. */
  hears(prompt: string): void;
  /** The same, but the caller listens only to its beginning: a key now cuts it short. */
  beginsToHear(prompt: string): void;
  hearsIn(language: string, prompt: string): void;
  /** Keys, one after the other, without a pause between them. */
  presses(keys: string): void;
  /** Speaks into a recording for this long, or until it is over. */
  speaksFor(duration: Duration): void;
  /** Does nothing for this long. */
  staysSilentFor(duration: Duration): void;
  /** Waits in this queue now; `place` counts from 1. */
  waitsIn(queue: string, expected?: { readonly place: number }): void;
  /** The operator, who is signed in when first named. */
  operator(id: string): ScenarioOperator;
  /** Talks to this operator, soon. */
  talksTo(operator: string): void;
  /** Talks to whom this number, SIP address or telephone belongs to, soon. */
  talksToTarget(target: string): void;
  /** The number, SIP address or telephone behaves so when it is rung. */
  whenRung(target: string, behaviour: "answers" | "busy" | "silent" | "unreachable"): void;
  /** The other side of the conversation hangs up. */
  otherSideHangsUp(): void;
  hangsUp(): void;
  /** The call ends, soon, from our side. */
  isEnded(): void;
  /** The script that opens for who accepts the call, and its parameters. */
  carriesScript(script: string, parameters: Readonly<Record<string, string>>): void;
  /** What the flow said of recording conversations; `unsaid`: the queue decides. */
  recordingIs(wish: "on" | "off" | "refused" | "unsaid"): void;
  /** The trace holds a note with this code. */
  isNoted(code: string): void;
  /** This caller's message is in the voicemail box now; `seconds`: its length, rounded. */
  leavesMessageIn(box: string, expected?: { readonly seconds: number }): void;
  /** No message of this caller is in a voicemail box. */
  leavesNoMessage(): void;
  /** Nothing can be recorded from now on. */
  recordingFails(): void;
  /** A callback on this number is promised in the queue; `at`: for this time (ISO 8601), null: as soon as possible. */
  isPromisedCallback(queue: string, number: string, expected?: { readonly at: string | null }): void;
  /** The times (ISO 8601) that are free for callbacks from now on; at the beginning callers are offered none. */
  callbackSlots(...times: readonly string[]): void;
  /** How promises of callbacks are answered from now on; `taken`, as at the beginning, makes them. */
  callbacksAre(how: "taken" | "full" | "refused"): void;
  /** A voicemail box that can be consulted, with its code and messages. */
  mailbox(box: string, holds: ScenarioMailbox): void;
  /** So many messages are in the box now; what is not named is not looked at. */
  mailboxHolds(box: string, expected: Partial<MailboxHeld>): void;
  /** How a schedule stands from now on: a state, or its timetable. One of which nothing is said is open. */
  schedule(id: string, stands: ScheduleAnswer | Schedule): void;
  /** How a queue stands from now on, for who asks: what is not named is as of an empty queue with one operator. */
  queueStands(id: string, stands: Partial<QueueStands>): void;
  /** How many may wait in a queue, and for how long, from now on; null: any number, for ever. Holds for flows that let it (`leaveWhenFull`). */
  queueLimits(id: string, limits: QueueLimits): void;
  /** A supervisor closes a queue: it takes no callers any more. `sendsAway`: who waits leaves too. */
  queueCloses(id: string, how?: { readonly sendsAway?: boolean }): void;
  queueOpens(id: string): void;
  /** What chance gives, one after the other and from the first again: at least 0, less than 1. Where nothing is said: 0. */
  draws(...shares: readonly number[]): void;
  /** Who is known from now on; without a word about it, nobody is. */
  contacts(...known: readonly ScenarioContact[]): void;
  /** The code that proves who calls, whether the contact or a supervisor knows it or it is sent; or that none can be checked. */
  codeIs(code: string | { readonly is: "locked" | "unavailable" }): void;
  /** From now on nobody can be asked who calls. */
  contactsFail(): void;
  /** The contacts that the call was looked up as; none: nobody was found, or looked for. */
  isKnownAs(...names: readonly string[]): void;
  /** How other systems answer from now on, whatever they are asked; where nothing is said: status 200 and `{}`, at once. */
  systemAnswers(status: number, json?: unknown, after?: Duration): void;
  /** From now on other systems do not answer: nobody is there, nobody answers in time, or the address is private and not listed. */
  systemIs(how: "unreachable" | "silent" | "private"): void;
  /** What another system was asked last. Secrets stand there by their names, as `{{ secret.name }}`. */
  asked(expected: AskedTold): void;
  /** Who was told what last, by mail or webhook: what is left out is not looked at. */
  tells(expected: NoticeTold): void;
  tellsNobody(): void;
  /** From now on nobody takes notices. */
  noticesFail(): void;
  /** No voicemail box can be consulted from now on. */
  mailboxesFail(): void;
  /** The next caller of the same scenario. */
  another(caller?: Partial<ScenarioCaller>): CallWords;
}

/** A notice as a scenario tells it. */
export interface NoticeTold {
  readonly to?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly topic?: string;
  readonly values?: Readonly<Record<string, string>>;
}

/** Who calls, and how the flow is to know. */
export interface ScenarioCaller {
  readonly callerNumber: string | null;
  readonly callerName: string | null;
  readonly dialledNumber: string;
  /** The number that was dialled first; absent: the call was not diverted. */
  readonly firstDialled?: string;
  readonly lineName: string;
  readonly language: string | null;
  readonly timeZone: string;
}
