import type { CompiledFlow } from "@cordboard/engine";
import type { AskEffect, FlowEvent, ScheduleAnswer } from "@cordboard/node-kit";
import type { Clock } from "../ports/index.ts";
import type { CallDocument } from "./model.ts";
import { nextCall, withTrace } from "./next-call.ts";

/** What flows ask of the host and are answered at once. */
export interface HostAnswers {
  /** How a schedule stands at `now` (UTC ms); `null` when there is no such schedule. May fail or take its time: see `withAnswers`. */
  scheduleState(
    companyId: string,
    scheduleId: string,
    now: number,
  ): Promise<{ readonly state: ScheduleAnswer; readonly version: string } | null>;
  /** Chance: at least 0 and less than 1. */
  draw(): number;
}

/** A caller waits for the answer: a schedule that cannot be read by then counts as open. */
const PATIENCE_MS = 1_500;
/** A flow that asks this often without a wait between asks for ever. */
const LONGEST_CHAIN = 200;

/**
 * Carries on a step that ended in a question to the host, until it waits for something else. The answers are part of the step: nothing of it
 * is written before, so a process that dies meanwhile has asked nothing.
 *
 * A schedule that is gone, or whose store does not answer, counts as open, with a line in the trace: who calls is better off in a queue that
 * nobody serves, which the flow notices, than turned away in the middle of the day.
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
  { companyId }: CallDocument,
  answers: HostAnswers,
  clock: Clock,
): Promise<{ readonly event: FlowEvent; readonly note: string | null }> {
  const { entry } = ask;
  switch (ask.type) {
    case "draw":
      return { event: { type: "drawn", entry, share: answers.draw() }, note: null };
    case "askSchedule": {
      const asked = await inTime(answers.scheduleState(companyId, ask.scheduleId, clock.now()), clock);
      if (asked.answer) return { event: { type: "schedule.answered", entry, ...asked.answer }, note: null };
      const event = { type: "schedule.answered", entry, state: "open", version: null } as const;
      return { event, note: asked.failed ? "note.scheduleUnanswered" : "note.scheduleMissing" };
    }
    case "promiseCallback":
      return { event: { type: "callback.answered", entry, result: "refused" }, note: null };
  }
}

/** Never throws, never takes longer than PATIENCE_MS. */
async function inTime<T>(asked: Promise<T | null>, clock: Clock): Promise<{ answer: T | null; failed: boolean }> {
  let cancel = () => {};
  const late = new Promise<{ answer: null; failed: true }>((resolve) => {
    cancel = clock.at(clock.now() + PATIENCE_MS, () => resolve({ answer: null, failed: true }));
  });
  const answered = asked.then(
    (answer) => ({ answer, failed: false }),
    () => ({ answer: null, failed: true }),
  );
  const first = await Promise.race([answered, late]);
  cancel();
  return first;
}
