import type { FlowEvent } from "@cordboard/node-kit";
import { type AnyMachineSnapshot, initialTransition, transition } from "xstate";
import { admit } from "./admit.ts";
import type { CallSnapshot, OpenChannels } from "./call-snapshot.ts";
import type { CompiledFlow, MachineEvent } from "./compiled-flow.ts";
import { beginDraft, type Draft, note } from "./draft.ts";
import { type CallStart, firstSnapshot, NOTHING_OPEN } from "./first-snapshot.ts";
import type { EngineAction } from "./machine-types.ts";
import { hold } from "./open-media.ts";
import { perform } from "./perform.ts";
import type { StepResult } from "./step-result.ts";

/** Begins a call in a flow: what its first node asks for. Never throws; `now` is UTC milliseconds. */
export function start(flow: CompiledFlow, { now, ...from }: CallStart): StepResult {
  const snapshot = firstSnapshot(flow, from);
  const [state, actions] = initialTransition(flow.machine, snapshot);
  return guarded(flow, snapshot, state, now, () => {
    const draft = beginDraft(flow, snapshot, now);
    return settle(draft, state, actionsOf(actions), { type: "advance", entry: 0 });
  });
}

/**
 * One event of a call: the next snapshot, and what is asked of the world. Pure and total: events that are late, repeated or of no use
 * change nothing; whatever goes wrong inside takes the error path; after it the caller hears something, or the host was asked to step
 * on at once, or the call has ended. `now` is UTC milliseconds.
 */
export function step(
  flow: CompiledFlow,
  snapshot: CallSnapshot,
  event: FlowEvent,
  { now }: { readonly now: number },
): StepResult {
  const draft = beginDraft(flow, snapshot, now);
  const admission = admit(draft, event);
  if (!admission.admitted) return { snapshot, effects: [], moves: [], ignored: admission.reason };
  const before = xstateOf(flow, snapshot);
  const { event: admitted } = admission;
  if (admitted === null) return settle(draft, before, [], GOES_ON);
  return guarded(flow, snapshot, before, now, () => {
    const [state, executable] = transition(flow.machine, before, admitted);
    const actions = actionsOf(executable);
    const { media } = snapshot.open;
    if (admitted.type === "input.digits" && actions.length === 0 && state.value === before.value) {
      // A key ended what was played, and the call has come to a state that has no use for it: nobody is left in silence for that.
      if (media?.kind === "hold") {
        hold(draft, media.playlist, media.keys);
        return settle(draft, before, [], GOES_ON);
      }
      if (media?.kind === "play") {
        const played: MachineEvent = { type: "play.done", entry: media.entry };
        const [after, then] = transition(flow.machine, before, played);
        return settle(draft, after, actionsOf(then), played);
      }
    }
    if (!closedSomething(snapshot.open, draft.next.open) && actions.length === 0 && state.value === before.value) {
      return { snapshot, effects: [], moves: [], ignored: "unhandled" };
    }
    if (event.type === "flow.failed") {
      draft.effects.push({ type: "note", code: event.code, details: { node: snapshot.node?.id ?? null } });
    }
    return settle(draft, state, actions, admitted);
  });
}

/** Stands for an event that the engine has dealt with itself: no action is carried out that would read it. */
const GOES_ON: MachineEvent = { type: "advance", entry: 0 };

/** Carries out the machine's actions and sees to it that the caller is not left in silence. */
function settle(
  draft: Draft,
  first: AnyMachineSnapshot,
  firstActions: readonly EngineAction[],
  firstEvent: MachineEvent,
): StepResult {
  const { next, flow } = draft;
  let state = first;
  let actions = firstActions;
  let event = firstEvent;
  for (;;) {
    for (const action of actions) perform(draft, action, event);
    if (state.status === "done") {
      next.status = "ended";
      next.open = NOTHING_OPEN;
      break;
    }
    if (next.open.media !== null || next.open.advance !== null || next.open.ask !== null) break;
    // Silence of a moment: a timer of the node is about to end it.
    if (next.open.request && Object.keys(next.open.timers).length > 0) break;
    note(draft, "silent", { node: next.node?.id ?? null });
    // Each round counts a failure, and the last way of the error path is the end: this loop is short.
    event = { type: "flow.failed", code: "silent" };
    const [after, executable] = transition(flow.machine, withContext(state, next), event);
    state = after;
    actions = actionsOf(executable);
  }
  next.value = state.value;
  return { snapshot: next, effects: draft.effects, moves: draft.moves };
}

/** Runs a step; when something in it throws, the call is taken to the error path from where it was, and ended if that throws too. */
function guarded(
  flow: CompiledFlow,
  snapshot: CallSnapshot,
  before: AnyMachineSnapshot,
  now: number,
  run: () => StepResult,
): StepResult {
  try {
    return run();
  } catch (error) {
    const details = { node: snapshot.node?.id ?? null, reason: error instanceof Error ? error.message : String(error) };
    try {
      const draft = beginDraft(flow, snapshot, now);
      note(draft, "stepFailed", details);
      const event: FlowEvent = { type: "flow.failed", code: "stepFailed" };
      const [state, actions] = transition(flow.machine, before, event);
      return settle(draft, state, actionsOf(actions), event);
    } catch {
      return {
        snapshot: { ...snapshot, status: "ended", node: null, open: NOTHING_OPEN },
        effects: [
          { type: "note", code: "stepFailed", details },
          { type: "hangUp", declineStatus: 480 },
        ],
        moves: [],
      };
    }
  }
}

/** Whether the event answered something that is now closed: then the call is not as it was, even if its state has no use for it. */
function closedSomething(before: OpenChannels, after: OpenChannels): boolean {
  return (
    before.media !== after.media ||
    before.timers !== after.timers ||
    before.advance !== after.advance ||
    before.ask !== after.ask ||
    before.request !== after.request
  );
}

/**
 * XState's snapshot of ours. Everything in it but the context follows from the state value, so it is taken from a pattern that is kept
 * per value: restoring a call costs the same whether this process saw it before or not, and however large the flow is.
 */
function xstateOf(flow: CompiledFlow, snapshot: CallSnapshot): AnyMachineSnapshot {
  const key = typeof snapshot.value === "string" ? snapshot.value : JSON.stringify(snapshot.value);
  let pattern = flow.patterns.get(key);
  if (!pattern) {
    pattern = flow.machine.resolveState({ value: snapshot.value, context: null });
    flow.patterns.set(key, pattern);
  }
  return withContext(pattern, snapshot);
}

function withContext(state: AnyMachineSnapshot, context: CallSnapshot): AnyMachineSnapshot {
  return { ...state, context };
}

/** XState types what it hands back loosely; every action of the machine is one of ours, because machineJson made it. */
function actionsOf(
  executable: readonly { readonly type: string; readonly params?: unknown }[],
): readonly EngineAction[] {
  return executable as readonly EngineAction[];
}
