import { milliseconds } from "./duration.ts";
import type { Session, SimRun } from "./try-session.ts";

/**
 * The session up to one of its run's steps: what was done later is left out, and who waited then has waited until that step. What happened
 * at the very same moment stays.
 */
export function cutSession(session: Session, run: SimRun, index: number): Session {
  const step = run.steps[index];
  if (!step) return session;
  const done = session.steps.slice(0, step.action);
  const last = session.steps[step.action];
  const from = run.actions[step.action]?.from;
  if (last === undefined || from === undefined) return { ...session, steps: done };
  if (!("staysSilentFor" in last)) return { ...session, steps: [...done, last] };
  const waited = Math.min(step.at - from, milliseconds(last.staysSilentFor));
  return { ...session, steps: [...done, ...(waited > 0 ? [{ ...last, staysSilentFor: `${waited}ms` as const }] : [])] };
}
