import type { OperatorState } from "@cordboard/acd";
import type { CompiledFlow } from "@cordboard/engine";
import { createStepPlayer } from "./play-scenario.ts";
import { runScenario, type ScenarioInside } from "./run-scenario.ts";
import { ScenarioFailure } from "./scenario-failure.ts";
import type { ScenarioStep } from "./scenario-file.ts";
import { createStepRecorder, type SimStep } from "./sim-steps.ts";
import { targetName } from "./target-name.ts";

/** A call that is tried by hand: everything that was done so far, in the words of a scenario. */
export interface Session {
  /** UTC milliseconds at which the first step is done. */
  readonly startAt: number;
  readonly steps: readonly ScenarioStep[];
}

/** How things stand at a moment. */
export interface SimNow {
  readonly at: number;
  readonly over: boolean;
  /** The operator, number or address that the caller talks to. */
  readonly talksTo: string | null;
  readonly queueId: string | null;
  readonly open: SimStep["open"];
  readonly operators: readonly { readonly id: string; readonly state: OperatorState }[];
  readonly messages: readonly { readonly boxId: string; readonly seconds: number }[];
}

export interface SimRun {
  readonly steps: readonly SimStep[];
  /** From when to when each step of the session was done, and how things stood then. */
  readonly actions: readonly { readonly from: number; readonly now: SimNow }[];
  readonly now: SimNow;
  /** The step of the session that cannot be done any more; those after it were not tried. */
  readonly failure: { readonly action: number; readonly message: string } | null;
  /** How long it took until something happened, milliseconds, when that was asked for. */
  readonly waitedMs: number | null;
}

/**
 * Does on virtual time what was done in a session. With `untilNews`, time then passes until the call goes on by itself or an operator's turn comes, at most for so long
 * (milliseconds). Pure: the same session on the same flow gives the same run.
 */
export function trySession(
  flow: CompiledFlow,
  session: Session,
  { untilNews }: { readonly untilNews?: number } = {},
): SimRun {
  const recorder = createStepRecorder();
  const actions: { from: number; now: SimNow }[] = [];
  let inside: ScenarioInside | null = null;
  let failure: SimRun["failure"] = null;
  let waitedMs: number | null = null;

  const body = (known: ScenarioInside, play: (step: ScenarioStep) => void): void => {
    const { clock } = known;
    for (const [action, step] of session.steps.entries()) {
      const from = clock.now();
      recorder.begin(action);
      play(step);
      // What is due at this very moment has happened before the next thing is done.
      clock.pass(0);
      actions.push({ from, now: standsNow(known, recorder.callId()) });
    }
    if (untilNews === undefined) return;
    const told = () => `${recorder.news()} ${JSON.stringify(standsNow(known, null).operators)}`;
    const [from, before] = [clock.now(), told()];
    recorder.begin(session.steps.length);
    clock.passUntil(() => told() !== before, untilNews);
    clock.pass(0);
    waitedMs = clock.now() - from;
  };

  runScenario(
    (first) => {
      if (inside === null) throw new Error("bug: nobody was told that the scenario begins");
      try {
        body(inside, createStepPlayer(flow, first));
      } catch (error) {
        if (!(error instanceof ScenarioFailure)) throw error;
        failure = { action: actions.length, message: error.message.split("\nSo far:")[0] ?? "" };
      }
    },
    {
      startAt: session.startAt,
      watch: {
        begins: (given) => {
          inside = given;
        },
        stepped: (step) => recorder.take(step, inside?.clock.now() ?? session.startAt),
      },
    },
  );
  if (failure !== null) {
    // Something may have happened while the step that failed was waiting for what did not come: that is not told.
    const { action }: NonNullable<SimRun["failure"]> = failure;
    return { ...trySession(flow, { ...session, steps: session.steps.slice(0, action) }), failure };
  }
  const known: ScenarioInside | null = inside;
  if (known === null) throw new Error("bug: nobody was told that the scenario begins");
  return {
    steps: recorder.steps((callId) => (known as ScenarioInside).call(callId)?.line),
    actions,
    now: standsNow(known, recorder.callId()),
    failure: null,
    waitedMs,
  };
}

function standsNow({ clock, centre, call }: ScenarioInside, callId: string | null): SimNow {
  const one = callId === null ? undefined : call(callId);
  const { shifts } = centre.state();
  const target = one?.line.talking()?.target;
  const name = target ? targetName(target) : null;
  const operator = Object.values(shifts).find(({ telephoneId }) => telephoneId !== null && telephoneId === name);
  const snapshot = one?.snapshot();
  return {
    at: clock.now(),
    over: one?.over() ?? false,
    talksTo: operator?.operatorId ?? name,
    queueId: snapshot?.open.queue?.queueId ?? null,
    open: one?.line.open() ?? null,
    operators: Object.values(shifts)
      .filter(({ closedAt }) => closedAt === null)
      .map(({ operatorId, state }) => ({ id: operatorId, state })),
    messages: (one?.messages() ?? []).map(({ boxId, durationMs }) => ({
      boxId,
      seconds: Math.round(durationMs / 1_000),
    })),
  };
}
