import { type AnyStateMachine, createMachine } from "xstate";
import type { CallSnapshot } from "./call-snapshot.ts";
import type { MachineEvent } from "./compiled-flow.ts";
import type { EngineGuard, MachineJson } from "./machine-types.ts";
import { placeNews } from "./place-news.ts";

type Guards = {
  readonly [G in EngineGuard as G["type"]]: (
    at: { readonly context: CallSnapshot; readonly event: MachineEvent },
    params: G["params"],
  ) => boolean;
};

/** Guards read the snapshot as it was before the step, and the event; they are the only part of the machine that is code. */
export const guards: Guards = {
  pressed: ({ event }, { digits }) => event.type === "input.digits" && event.digits === digits,
  digitCount: ({ event }, { atLeast, atMost }) =>
    event.type === "input.digits" && event.digits.length >= atLeast && event.digits.length <= atMost,
  flowKey: ({ event }, { digits }) => event.type === "input.digits" && event.oneKey && event.digits === digits,
  counted: ({ context }, { counter, atLeast }) => (context.counters[counter] ?? 0) >= atLeast,
  chosen: ({ context }, { id }) => context.chosen === id,
  dialResult: ({ event }, { result }) => event.type === "dial.ended" && event.result === result,
  timerIs: ({ event }, { timerId }) => event.type === "timer.fired" && event.timerId === timerId,
  scheduleIs: ({ event }, { state }) => event.type === "schedule.answered" && event.state === state,
  placeIsNews: ({ context, event }) =>
    event.type === "place.answered" && placeNews(event, context.place ?? null).told !== null,
  drawnBelow: ({ event }, { share }) => event.type === "drawn" && event.share < share,
  callbackIs: ({ event }, { result }) => event.type === "callback.answered" && event.result === result,
  slotOffered: ({ event }, { index }) => event.type === "slots.answered" && index < event.slots.length,
  slotKnown: ({ context }, { index }) => index < (context.slots?.offered.length ?? 0),
  mailboxIs: ({ event }, { result }) => event.type === "mailbox.answered" && event.result === result,
  identityIs: ({ event }, { result }) => event.type === "identity.answered" && event.result === result,
  centreIs: ({ event }, { result }) => event.type === "centre.answered" && event.result === result,
  contactIs: ({ event }, { result }) => event.type === "contact.answered" && event.result === result,
  noticeIs: ({ event }, { result }) => event.type === "notice.answered" && event.result === result,
  requestIs: ({ event }, { result }) => event.type === "request.answered" && event.result === result,
  recordedAtLeast: ({ event }, { ms }) => event.type === "record.done" && event.durationMs >= ms,
  failedLessThan: ({ context }, { times }) => context.failures < times,
};

/**
 * The XState machine of a flow. Its context is the call's snapshot, given as input. Actions have no implementation: XState's pure
 * functions hand them back in order, and `perform` carries them out.
 */
export function createFlowMachine(json: MachineJson): AnyStateMachine {
  // The configuration is data that was built from a document: XState's types can only describe one that is written in code.
  const config = { ...json, context: ({ input }: { input: CallSnapshot }) => input };
  return createMachine(config as Parameters<typeof createMachine>[0], { guards: guards as never }) as AnyStateMachine;
}
