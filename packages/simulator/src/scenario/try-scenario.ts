import type { CompiledFlow, Move } from "@cordboard/engine";
import { milliseconds } from "./duration.ts";
import { createStepPlayer } from "./play-scenario.ts";
import { runScenario } from "./run-scenario.ts";
import { ScenarioFailure } from "./scenario-failure.ts";
import type { ScenarioStep, WrittenScenario } from "./scenario-file.ts";

/** How a scenario went. */
export interface TriedScenario {
  readonly name: string;
  /** Null: everything was as it says. */
  readonly failure: {
    /** From 1. */
    readonly number: number;
    /** Null: it could not even begin. */
    readonly step: ScenarioStep | null;
    /** In English, for who writes flows as files. */
    readonly message: string;
  } | null;
  /** The edges that its calls went along. */
  readonly moves: readonly Move[];
}

/** Plays a scenario and says how it went; never throws for what the scenario does. `mostSteps`: after so many steps of the engine it has failed. */
export function tryScenario(
  flow: CompiledFlow,
  scenario: WrittenScenario,
  { mostSteps = Number.POSITIVE_INFINITY }: { readonly mostSteps?: number } = {},
): TriedScenario {
  const moves: Move[] = [];
  let at = 0;
  let steps = 0;
  try {
    const startAt = scenario.startAt === undefined ? undefined : Date.parse(scenario.startAt);
    if (Number.isNaN(startAt)) throw new ScenarioFailure(`"${scenario.startAt}" is no time`);
    runScenario(
      (first) => {
        const play = createStepPlayer(flow, first);
        for (; at < scenario.steps.length; at++) {
          const step = scenario.steps[at];
          if (step) play(step);
        }
      },
      {
        ...(startAt === undefined ? {} : { startAt }),
        lasts: Object.fromEntries(
          Object.entries(scenario.lasts ?? {}).map(([prompt, duration]) => [prompt, milliseconds(duration)]),
        ),
        watch: {
          begins: () => undefined,
          stepped: (step) => {
            moves.push(...step.moves);
            if (++steps > mostSteps) throw new ScenarioFailure("too much happens: wait for shorter");
          },
        },
      },
    );
  } catch (error) {
    if (!(error instanceof ScenarioFailure)) throw error;
    const message = error.message.split("\nSo far:")[0] ?? "";
    return { name: scenario.name, failure: { number: at + 1, step: scenario.steps[at] ?? null, message }, moves };
  }
  return { name: scenario.name, failure: null, moves };
}
