import type { Duration } from "./duration.ts";
import type { Heard } from "./heard.ts";
import type { ScenarioStep, WrittenScenario } from "./scenario-file.ts";
import type { Session, SimNow, SimRun } from "./try-session.ts";

/**
 * A session as a scenario that can be played again and again: what was done, and between it what the caller heard, where they waited, whom
 * they talked to and how it ended. What is only music is not said: it may change without anything being wrong.
 */
export function toldScenario(name: string, session: Session, run: SimRun): WrittenScenario {
  const done = session.steps.slice(0, run.failure?.action);
  const said = run.steps.flatMap(({ heard, action }) =>
    heard.filter(({ from, until, waiting }) => !waiting && until > from).map((one) => ({ ...one, action })),
  );
  const steps: ScenarioStep[] = [];
  /** Before the call there is nobody to listen. */
  const begins = run.steps[0]?.action ?? done.length;
  let now = session.startAt;
  let next = 0;
  /** Whether all that is due at this moment has happened. */
  let settled = true;
  let before: Pick<SimNow, "queueId" | "talksTo"> = { queueId: null, talksTo: null };

  const wait = (ms: number) => {
    steps.push({ staysSilentFor: duration(ms) });
    now += ms;
    settled = true;
  };
  const hear = (one: Heard, until: number) => {
    next++;
    // At the very end of a wait it is what is done next that cut it short.
    if (one.until >= until || one.from < now) {
      steps.push({ beginsToHear: one.name });
      settled = true;
      return;
    }
    steps.push({ hears: one.name });
    now = one.until;
    settled = false;
  };
  /** Lets time pass to a moment, and says what is heard on the way, while the session's steps up to this one are done. */
  const listen = (until: number, action: number) => {
    for (let one = said[next]; one && one.from <= until && one.action <= action; one = said[next]) {
      if (one.from > now) wait(one.from - now);
      hear(one, until);
    }
    if (until > now) wait(until - now);
  };

  for (const [index, step] of done.entries()) {
    const action = run.actions[index];
    if (!action) break;
    const { from, now: after } = action;
    const news = run.steps.some((one) => one.action === index);
    if ("staysSilentFor" in step) listen(after.at, index);
    else {
      if (!settled && from === now) wait(0);
      const last = steps.at(-1);
      // Keys of one answer are one word.
      if ("presses" in step && last && "presses" in last && settled)
        steps[steps.length - 1] = { presses: last.presses + step.presses };
      else steps.push(step);
      now = after.at;
      settled = index < begins || (!news && "presses" in step);
      // What came and went while it was done cannot be listened for any more.
      while ((said[next]?.action ?? done.length) <= index && (said[next]?.until ?? now) < now) next++;
      listen(now, index);
    }
    if (after.queueId !== before.queueId && after.queueId !== null) steps.push({ waitsIn: after.queueId });
    if (after.talksTo !== before.talksTo && after.talksTo !== null) {
      const isOperator = after.operators.some(({ id }) => id === after.talksTo);
      steps.push(isOperator ? { talksTo: after.talksTo } : { talksToTarget: after.talksTo });
    }
    before = after;
  }
  const end = run.actions.at(-1)?.now;
  if (!settled && !end?.over) wait(0);
  if (end?.over) steps.push({ isEnded: true });
  for (const { boxId, seconds } of end?.messages ?? []) steps.push({ leavesMessageIn: boxId, seconds });
  return { name, startAt: new Date(session.startAt).toISOString(), steps };
}

function duration(ms: number): Duration {
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`;
}
