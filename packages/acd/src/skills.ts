import type { OperatorRules, SkillNeed } from "./distribution.ts";
import type { Queue, WaitingCall } from "./types.ts";

/** What a call asks for: the skills of its own queue (the first), and its own, which count where both name one. */
export function needsOf(queues: Readonly<Record<string, Queue>>, call: WaitingCall): readonly SkillNeed[] {
  const own = call.skills ?? none;
  const asked = queues[call.queueIds[0] ?? ""]?.skills ?? none;
  if (own.length === 0) return asked;
  return [...asked.filter(({ skillId }) => own.every((one) => one.skillId !== skillId)), ...own];
}

/** The level that will do after waiting this long; 0: any. */
export function levelAsked({ level, relax = [] }: SkillNeed, waitedMs: number): number {
  let asked = level;
  let since = -1;
  for (const step of relax) {
    if (step.afterMs > waitedMs || step.afterMs < since) continue;
    asked = step.level;
    since = step.afterMs;
  }
  return asked;
}

/** Which of the needs an operator does not meet, or null: the first whose skill they lack, else the first that they know too little of. */
export function skillReason(
  needs: readonly SkillNeed[],
  rules: OperatorRules | undefined,
  waitedMs: number,
): "skillMissing" | "skillLevel" | null {
  let reason: "skillLevel" | null = null;
  for (const need of needs) {
    const has = rules?.skills[need.skillId] ?? 0;
    if (has >= levelAsked(need, waitedMs)) continue;
    if (has === 0) return "skillMissing";
    reason = "skillLevel";
  }
  return reason;
}

/** How well an operator fits: their levels in what the call asks for, or asked for at first, added up. */
export function fitOf(needs: readonly SkillNeed[], rules: OperatorRules | undefined): number {
  return needs.reduce((sum, { skillId }) => sum + (rules?.skills[skillId] ?? 0), 0);
}

/** When less is asked for next, or null. */
export function nextRelaxAt(needs: readonly SkillNeed[], joinedAt: number, now: number): number | null {
  let next: number | null = null;
  for (const { relax = [] } of needs) {
    for (const { afterMs } of relax) {
      const at = joinedAt + afterMs;
      if (at > now && (next === null || at < next)) next = at;
    }
  }
  return next;
}

const none: readonly SkillNeed[] = [];
