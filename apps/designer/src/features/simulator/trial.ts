import type { ScenarioStep, Session, SimRun, SimStep } from "@cordboard/simulator/scenario";
import type { Setup } from "./setup.ts";

/** A call that is being tried: how things stood before it, what was done since, and which of its steps is looked at. */
export interface Trial {
  readonly setup: Setup;
  /** Whether the telephone has rung. */
  readonly begun: boolean;
  /** The scenario that was opened: its actions are all there is, and stand for the setup too. */
  readonly opened: { readonly name: string; readonly startAt: number } | null;
  /** After the call itself. */
  readonly actions: readonly ScenarioStep[];
  /** The index of the step that is looked at; null: the last one. */
  readonly looked: number | null;
}

export const newTrial = (setup: Setup): Trial => ({ setup, begun: false, opened: null, actions: [], looked: null });

/** The trial with something more done: from the step that is looked at, where it is not the last. */
export function act(trial: Trial, step: ScenarioStep, cut: Session | null, before: number): Trial {
  const actions = trial.looked === null || cut === null ? trial.actions : cut.steps.slice(before);
  return { ...trial, actions: [...actions, step], looked: null };
}

/** Without the last thing that was done. */
export const takeBack = (trial: Trial): Trial => ({ ...trial, actions: trial.actions.slice(0, -1), looked: null });

/** The steps that tell a person something. Those that only look whether there is news of the place in line do not. */
export function toldSteps(run: SimRun): readonly SimStep[] {
  return run.steps.filter((step, index) => {
    const before = run.steps[index - 1];
    const { moves, keyed, asked, answer, notes, event, over } = step;
    // What was replaced at once was not heard.
    const heard = step.heard.filter(({ from, until }) => until > from);
    const silent = event === "place.answered" || event === "queueMusic.answered" || event === "timer.fired";
    return (
      before === undefined ||
      moves.length > 0 ||
      (!silent && (heard.length > 0 || keyed !== null || answer !== null || event?.startsWith("dial."))) ||
      heard.some(({ waiting }) => !waiting) ||
      asked !== null ||
      notes.length > 0 ||
      over !== before.over ||
      step.queueId !== before.queueId ||
      step.path.join() !== before.path.join()
    );
  });
}

/** The step before or after the one that is looked at, among those that are told; null: the last one. */
export function neighbour(steps: readonly SimStep[], looked: number | null, by: 1 | -1): number | null {
  const at = looked === null ? steps.length - 1 : steps.findIndex(({ index }) => index === looked);
  const to = Math.max(0, at + by);
  return to >= steps.length - 1 ? null : (steps[to]?.index ?? null);
}

/**
 * The first step at which a run goes another way than before, though the same was done: what was tried no longer fits the flow there. Null:
 * it goes the same way as far as both go.
 */
export function partsAt(before: SimRun, now: SimRun): number | null {
  const shorter = Math.min(before.steps.length, now.steps.length);
  for (let index = 0; index < shorter; index++) {
    const [a, b] = [before.steps[index], now.steps[index]];
    if (a && b && wayOf(a) !== wayOf(b)) return index;
  }
  return before.steps.length > now.steps.length ? Math.max(0, shorter - 1) : null;
}

const wayOf = ({ event, path, moves, over }: SimStep): string =>
  JSON.stringify([event, path, moves.map(({ from, output, to }) => [from, output, to]), over]);
