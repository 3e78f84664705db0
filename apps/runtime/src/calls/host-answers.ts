import type { CompiledFlow } from "@cordboard/engine";
import type {
  AskCentreEffect,
  AskEffect,
  AskIdentityEffect,
  AskSlotsEffect,
  CallbackAnswer,
  FlowEvent,
  FoundContacts,
  IdentityResult,
  LookUpContactEffect,
  MailboxQuestion,
  NoticeResult,
  PlaceStands,
  PostNoticeEffect,
  PromiseCallbackEffect,
  QueueFigures,
  QueueMusic,
  ScheduleAnswer,
} from "@cordboard/node-kit";
import type { Clock } from "../ports/index.ts";
import { noQueueMusic } from "../queues/index.ts";
import type { CallDocument } from "./model.ts";
import { nextCall } from "./next-call.ts";
import { withTrace } from "./with-trace.ts";

/** What is said of a voicemail box that a caller consults. */
export type MailboxAnswer = Omit<Extract<FlowEvent, { type: "mailbox.answered" }>, "type" | "entry">;

/** What is said of a centre that a caller opens or closes. */
export type CentreAnswer = Omit<Extract<FlowEvent, { type: "centre.answered" }>, "type" | "entry">;

/** When the slots begin that are free (UTC ms), as many as callers are told, and in whose zone they are. */
export interface FreeSlots {
  readonly slots: readonly number[];
  readonly timeZone: string;
}

/** What flows ask of the host and are answered at once. */
export interface HostAnswers {
  /** How a schedule stands at `now` (UTC ms); `null` when there is no such schedule. May fail or take its time: see `withAnswers`. */
  scheduleState(
    companyId: string,
    scheduleId: string,
    now: number,
  ): Promise<{ readonly state: ScheduleAnswer; readonly version: string } | null>;
  /** How a queue stands at `now` (UTC ms). May fail or take its time. */
  queueFigures(companyId: string, queueId: string, now: number): Promise<QueueFigures>;
  /** What callers of a queue hear while they wait, in the call's language. May fail or take its time. */
  queueMusic(call: CallDocument, queueId: string): Promise<QueueMusic>;
  /** Where a call stands in the line that it waits in. May fail or take its time. */
  placeInLine(call: CallDocument, queueId: string, now: number): Promise<PlaceStands>;
  /** Chance: at least 0 and less than 1. */
  draw(): number;
  /** Who calls. May fail or take its time: see `withAnswers`. */
  lookUpContact(call: CallDocument, effect: LookUpContactEffect): Promise<FoundContacts>;
  /** At which times a callback may be promised now. May fail or take its time. */
  callbackSlots(companyId: string, asked: AskSlotsEffect, now: number): Promise<FreeSlots>;
  /** Resolves once what was promised is durable. May fail or take its time, and may be asked again: see `promised`. */
  promiseCallback(call: CallDocument, effect: PromiseCallbackEffect): Promise<CallbackAnswer>;
  /** Resolves once the notice is sure to be sent. May fail or take its time, and may be asked again: the same notice is sent once. */
  postNotice(call: CallDocument, effect: PostNoticeEffect): Promise<NoticeResult>;
  /** Whether who calls proves who they are. May fail or take its time, and may be asked again: a code that was sent is the same. */
  askIdentity(call: CallDocument, effect: AskIdentityEffect): Promise<IdentityResult>;
  /** Of a centre that the caller opens or closes. May fail or take its time, and may be asked again: nothing is switched twice. */
  askCentre(call: CallDocument, effect: AskCentreEffect): Promise<CentreAnswer>;
  /** Of a voicemail box that the caller consults. May fail or take its time, and may be asked again: nothing is done twice. */
  askMailbox(call: CallDocument, question: MailboxQuestion): Promise<MailboxAnswer>;
}

/** A notice that is not taken by then is not sure to be sent. */
const NOTICE_PATIENCE_MS = 3_000;
/** A caller waits for the answer: a schedule that cannot be read by then counts as open. */
const PATIENCE_MS = 1_500;
/** What a flow is told of a queue that cannot be read: nothing that would keep a caller from it. */
const emptyQueue: QueueFigures = { waiting: 0, longestMs: 0, staffed: 1, expectedWaitMs: null };
/** What a caller is told of their place when it cannot be looked for: nothing now, perhaps later. */
const placeUnknown: PlaceStands = {
  ...{ position: null, expectedWaitMs: null, waitedMs: 0 },
  rules: { say: "both", firstMs: 60_000, everyMs: 60_000, upToPosition: null, upToWaitMs: null },
};
/** A promise is worth more waiting; the caller hears music meanwhile (see comfort.ts). */
const PROMISE_PATIENCE_MS = 10_000;
const PROMISE_AGAIN_MS = 500;
/** A code is checked slowly on purpose; a caller who waits longer hears that it is not possible now. */
const MAILBOX_PATIENCE_MS = 5_000;
const NO_ANSWER: MailboxAnswer = { result: "failed", box: null, message: null, number: null };
const CENTRE_FAILED: CentreAnswer = { result: "failed", userId: null };
/** Longer than the longest time-out of a connector: who asks says why nobody answered. */
const LOOKUP_PATIENCE_MS = 6_000;
/** A flow that asks this often without a wait between asks for ever. */
const LONGEST_CHAIN = 200;

/**
 * Carries on a step that ended in a question to the host, until it waits for something else. The answers are part of the step: nothing of it
 * is written before, so a process that dies meanwhile has asked nothing.
 *
 * A schedule that is gone, or whose store does not answer, counts as open, with a line in the trace: who calls is better off in a queue that
 * nobody serves, which the flow notices, than turned away in the middle of the day. A callback is only promised when the call centre has
 * written that it is; where it does not say so in time, the flow goes on as where no more are taken. A contact who cannot be looked for in
 * time is one who was not found, by an output of its own; looking again, after a process died over it, does no harm.
 */
export async function withAnswers(
  stepped: CallDocument,
  compiled: CompiledFlow,
  answers: HostAnswers,
  clock: Clock,
): Promise<CallDocument> {
  let call = stepped;
  for (let chain = 0; call.ask; chain += 1) {
    const { ask } = call;
    const runaway: FlowEvent = { type: "flow.failed", code: "asksForEver" };
    const { event, note } =
      chain < LONGEST_CHAIN ? await answer(ask, call, answers, clock) : { event: runaway, note: null };
    const now = clock.now();
    const noted = note
      ? withTrace(call, [{ at: now, kind: note, nodeId: call.snapshot?.node?.id ?? null, details: {} }])
      : call;
    const next = nextCall(noted, compiled, event, now);
    if (!next) return { ...noted, ask: null };
    call = next;
  }
  return call;
}

async function answer(
  ask: AskEffect,
  call: CallDocument,
  answers: HostAnswers,
  clock: Clock,
): Promise<{ readonly event: FlowEvent; readonly note: string | null }> {
  const { entry } = ask;
  switch (ask.type) {
    case "draw":
      return { event: { type: "drawn", entry, share: answers.draw() }, note: null };
    case "askSchedule": {
      const { companyId } = call;
      const asked = await inTime(answers.scheduleState(companyId, ask.scheduleId, clock.now()), PATIENCE_MS, clock);
      if (asked.answer) return { event: { type: "schedule.answered", entry, ...asked.answer }, note: null };
      const event = { type: "schedule.answered", entry, state: "open", version: null } as const;
      return { event, note: asked.failed ? "note.scheduleUnanswered" : "note.scheduleMissing" };
    }
    case "askQueue": {
      const asked = await inTime(answers.queueFigures(call.companyId, ask.queueId, clock.now()), PATIENCE_MS, clock);
      const event = { type: "queue.answered", entry, ...(asked.answer ?? emptyQueue) } as const;
      return { event, note: asked.failed ? "note.queueUnanswered" : null };
    }
    case "askQueueMusic": {
      const { answer } = await inTime(answers.queueMusic(call, ask.queueId), PATIENCE_MS, clock);
      const event = { type: "queueMusic.answered", entry, ...(answer ?? noQueueMusic) } as const;
      return { event, note: answer ? null : "note.queueMusicUnanswered" };
    }
    case "askPlace": {
      const asked = await inTime(answers.placeInLine(call, ask.queueId, clock.now()), PATIENCE_MS, clock);
      const event = { type: "place.answered", entry, ...(asked.answer ?? placeUnknown) } as const;
      return { event, note: asked.failed ? "note.placeUnanswered" : null };
    }
    case "askMailbox": {
      const { answer } = await inTime(answers.askMailbox(call, ask.question), MAILBOX_PATIENCE_MS, clock);
      const event = { type: "mailbox.answered", entry, ...(answer ?? NO_ANSWER) } as const;
      return { event, note: answer ? null : "note.mailboxUnanswered" };
    }
    case "askIdentity": {
      const { by } = ask.question;
      const { answer } = await inTime(answers.askIdentity(call, ask), LOOKUP_PATIENCE_MS, clock);
      const event = { type: "identity.answered", entry, by, result: answer ?? "unavailable" } as const;
      return { event, note: answer ? null : "note.identityUnanswered" };
    }
    case "askCentre": {
      const { answer } = await inTime(answers.askCentre(call, ask), LOOKUP_PATIENCE_MS, clock);
      const event = { type: "centre.answered", entry, ...(answer ?? CENTRE_FAILED) } as const;
      return { event, note: answer ? null : "note.centreUnanswered" };
    }
    case "lookUpContact": {
      const { source } = ask;
      const { answer } = await inTime(answers.lookUpContact(call, ask), LOOKUP_PATIENCE_MS, clock);
      const nobody = { source, result: "failed", matches: 0, contacts: [] } as const;
      const event = { type: "contact.answered", entry, ...(answer ?? nobody) } as const;
      return { event, note: event.result === "failed" ? "note.contactUnanswered" : null };
    }
    case "postNotice": {
      const { answer } = await inTime(answers.postNotice(call, ask), NOTICE_PATIENCE_MS, clock);
      const event = { type: "notice.answered", entry, result: answer ?? "failed" } as const;
      return { event, note: answer ? null : "note.noticeUnanswered" };
    }
    case "askSlots": {
      const { answer } = await inTime(answers.callbackSlots(call.companyId, ask, clock.now()), PATIENCE_MS, clock);
      // Whoever cannot be told of times is called back as soon as possible.
      const event = { type: "slots.answered", entry, ...(answer ?? { slots: [], timeZone: "UTC" }) } as const;
      return { event, note: answer ? null : "note.slotsUnanswered" };
    }
    case "promiseCallback": {
      const { answer } = await inTime(promised(ask, call, answers, clock), PROMISE_PATIENCE_MS, clock);
      const event = { type: "callback.answered", entry, result: answer ?? "full" } as const;
      return { event, note: answer ? null : "note.promiseUnanswered" };
    }
  }
}

/**
 * Asked until it is answered. A call centre that could not be asked may have promised all the same, which no repeat makes twice; a caller
 * who was told "no more" and is rung nevertheless is better off than one who waits for a call that never comes.
 */
async function promised(
  effect: PromiseCallbackEffect,
  call: CallDocument,
  answers: HostAnswers,
  clock: Clock,
): Promise<CallbackAnswer | null> {
  for (const until = clock.now() + PROMISE_PATIENCE_MS; clock.now() < until; ) {
    try {
      return await answers.promiseCallback(call, effect);
    } catch {
      await new Promise<void>((resolve) => {
        clock.at(clock.now() + PROMISE_AGAIN_MS, resolve);
      });
    }
  }
  return null;
}

/** Never throws, never takes longer than `patienceMs`. */
async function inTime<T>(
  asked: Promise<T | null>,
  patienceMs: number,
  clock: Clock,
): Promise<{ answer: T | null; failed: boolean }> {
  let cancel = () => {};
  const late = new Promise<{ answer: null; failed: true }>((resolve) => {
    cancel = clock.at(clock.now() + patienceMs, () => resolve({ answer: null, failed: true }));
  });
  const answered = asked.then(
    (answer) => ({ answer, failed: false }),
    () => ({ answer: null, failed: true }),
  );
  const first = await Promise.race([answered, late]);
  cancel();
  return first;
}
