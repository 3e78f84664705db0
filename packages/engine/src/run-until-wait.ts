import type { Effect, FlowEvent } from "@cordboard/node-kit";
import type { CallSnapshot } from "./call-snapshot.ts";
import type { CompiledFlow } from "./compiled-flow.ts";
import type { CallStart } from "./first-snapshot.ts";
import { isMedia } from "./open-media.ts";
import { start, step } from "./step.ts";
import type { Move, StepResult } from "./step-result.ts";

/** Nodes without a wait that a call may go through in one go; then the error path runs. */
export const MOST_ADVANCES = 1_000;

export interface RunOptions {
  /** UTC milliseconds. */
  readonly now: number;
  readonly limit?: number;
}

/** Begins a call and steps on through instant nodes until it waits or has ended. */
export function startUntilWait(flow: CompiledFlow, { limit, ...from }: CallStart & RunOptions): StepResult {
  const { now } = from;
  return untilWait(flow, start(flow, from), limit === undefined ? { now } : { now, limit });
}

/**
 * Steps a call by one event, and on through instant nodes until it waits or has ended; the effects `advance` are dealt with and not
 * among the results. A flow that never waits takes the error path after `limit` nodes, which the caller hears.
 */
export function runUntilWait(
  flow: CompiledFlow,
  snapshot: CallSnapshot,
  event: FlowEvent,
  options: RunOptions,
): StepResult {
  return untilWait(flow, step(flow, snapshot, event, options), options);
}

function untilWait(flow: CompiledFlow, first: StepResult, { now, limit = MOST_ADVANCES }: RunOptions): StepResult {
  if (first.ignored !== undefined || first.snapshot.open.advance === null) return first;
  const effects: Effect[] = [];
  const moves: Move[] = [];
  let result = first;
  // Twice the limit and some: the error path of the flow may run away as well.
  for (let count = 1; ; count++) {
    effects.push(...result.effects.filter((effect) => effect.type !== "advance"));
    moves.push(...result.moves);
    const { advance } = result.snapshot.open;
    if (advance === null) return { snapshot: result.snapshot, effects: lastMedia(effects), moves };
    result =
      count % (limit + 1) === 0
        ? step(flow, result.snapshot, { type: "flow.failed", code: "runaway" }, { now })
        : step(flow, result.snapshot, { type: "advance", entry: advance }, { now });
  }
}

/** The caller hears one thing at a time: only the last media effect of a run leaves. */
function lastMedia(effects: readonly Effect[]): readonly Effect[] {
  const last = effects.findLast(isMedia);
  return effects.filter((effect) => effect === last || !isMedia(effect));
}
