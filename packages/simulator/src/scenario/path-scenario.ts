import type { FoundPath, PathMove } from "@cordboard/flow-schema";
import type { Duration } from "./duration.ts";
import type { ScenarioStep, WrittenScenario } from "./scenario-file.ts";

type Needs = NonNullable<PathMove["needs"]>;

/** What the caller does comes a moment after it could: what they answer has begun by then. */
const MOMENT_MS = 50;

/**
 * The path of a finding as a scenario: it sets the world as the path needs it, and does what its caller does, at the times that the path
 * reckons with. What nobody can set from outside (how a condition of the flow turns out) is left to the flow.
 */
export function scenarioOfPath(name: string, path: FoundPath): WrittenScenario {
  const steps: ScenarioStep[] = [...worldOf(path.moves), { calls: {} }];
  const lasts: Record<string, Duration> = {};
  let passed = 0;
  const pass = (more = 0) => {
    if (passed + more > 0) steps.push({ staysSilentFor: `${passed + more}ms` });
    passed = 0;
  };
  for (const { phases, needs, output } of path.moves) {
    for (const phase of phases) {
      if ("says" in phase) lasts[phase.says] = `${phase.ms}ms`;
      if ("keys" in phase) {
        pass(MOMENT_MS);
        if (phase.keys !== "") steps.push({ presses: phase.keys });
      } else if ("speaksMs" in phase) {
        pass(BEEP_MS + MOMENT_MS);
        steps.push({ speaksFor: `${phase.ms}ms` }, { presses: "#" });
      } else if ("talks" in phase) {
        // Somebody answers when they are asked, not when the music is over.
        passed = 0;
        steps.push(...talk(needs));
        if (output !== null) steps.push({ otherSideHangsUp: true });
      } else passed += phase.ms;
    }
  }
  pass(MOMENT_MS);
  return { name, ...(path.startAt === null ? {} : { startAt: path.startAt }), lasts, steps };
}

const BEEP_MS = 300;

/** How things stand before the call. Of two things said of one and the same, the first is needed first and stands. */
function worldOf(moves: readonly PathMove[]): readonly ScenarioStep[] {
  const draws = moves.flatMap(({ needs }) => (needs !== null && "draw" in needs ? [needs.draw] : []));
  const told = new Set<string>();
  const steps: ScenarioStep[] = draws.length > 0 ? [{ draws }] : [];
  for (const { needs } of moves) {
    if (needs === null || "draw" in needs) continue;
    const { is: _, ...subject } = { is: "", ...needs };
    const key = JSON.stringify("system" in needs || "contacts" in needs ? Object.keys(needs) : subject);
    if (told.has(key)) continue;
    told.add(key);
    steps.push(...stands(needs));
  }
  return steps;
}

const operatorOf = (queue: string) => `operator of ${queue}`;

function stands(needs: Exclude<Needs, { draw: number }>): readonly ScenarioStep[] {
  if ("schedule" in needs) return [{ schedule: needs.schedule, is: needs.is }];
  if ("rung" in needs) return [{ whenRung: needs.rung, is: needs.is }];
  if ("contacts" in needs) return needs.contacts === "none" ? [{ contacts: [] }] : [{ contactsFail: true }];
  if ("system" in needs) {
    if (needs.system === "answers") return [{ systemAnswers: 200, json: {} }];
    return needs.system === "refuses" ? [{ systemAnswers: 404 }] : [{ systemIs: needs.system }];
  }
  const operator = operatorOf(needs.queue);
  if (needs.is === "served") return [{ operator, signsIn: [needs.queue] }];
  if (needs.is === "paused")
    return [
      { operator, signsIn: [needs.queue] },
      { operator, pauses: true },
    ];
  return needs.is === "full" ? [{ queueLimits: needs.queue, is: { mostWaiting: 0 } }] : [];
}

function talk(needs: PathMove["needs"]): readonly ScenarioStep[] {
  if (needs !== null && "queue" in needs) {
    const operator = operatorOf(needs.queue);
    return [{ operator, acceptsAfter: "1s" }, { talksTo: operator }];
  }
  return needs !== null && "rung" in needs ? [{ talksToTarget: needs.rung }] : [];
}
