import type { CompiledFlow } from "@cordboard/engine";
import { milliseconds } from "./duration.ts";
import type { ScenarioStep, WrittenScenario } from "./scenario-file.ts";
import { type Session, trySession } from "./try-session.ts";

/** The words that say what must be so; all others let something happen. */
const demands: ReadonlySet<string> = new Set([
  ...["hears", "beginsToHear", "waitsIn", "talksTo", "talksToTarget", "isEnded", "isNoted", "recordingIs"],
  ...["carriesScript", "leavesMessageIn", "leavesNoMessage", "isPromisedCallback", "isKnownAs", "tells"],
  ...["tellsNobody", "asked", "mailboxHolds", "isOffered", "is"],
]);

/**
 * A scenario as a session that can be gone on with by hand: what it does, and the time that passes while it listens. Where something is not as
 * it says, the session ends before that.
 */
export function sessionOf(flow: CompiledFlow, scenario: WrittenScenario): Session {
  const startAt = Date.parse(scenario.startAt ?? "2026-09-07T08:00:00Z");
  const run = trySession(flow, { startAt, steps: scenario.steps });
  const steps: ScenarioStep[] = [];
  for (const [index, step] of scenario.steps.slice(0, run.failure?.action).entries()) {
    const action = run.actions[index];
    const waits = isDemand(step) || "staysSilentFor" in step;
    if (!waits) steps.push(step);
    const ms = action ? action.now.at - action.from : 0;
    if (!waits || ms === 0) continue;
    const last = steps.at(-1);
    // What was listened to in several pieces is one wait.
    if (last && "staysSilentFor" in last) {
      steps[steps.length - 1] = { staysSilentFor: `${milliseconds(last.staysSilentFor) + ms}ms` };
    } else steps.push({ staysSilentFor: `${ms}ms` });
  }
  return { startAt, steps };
}

/** `schedule … is`, `queueStands … is` and their like let something happen. */
function isDemand(step: ScenarioStep): boolean {
  const [first = "", second = ""] = Object.keys(step).filter((word) => word !== "caller");
  return demands.has(first) || (first === "operator" && demands.has(second));
}
