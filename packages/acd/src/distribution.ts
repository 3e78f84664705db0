/** What decides who is asked for which call beyond the order of a queue: skills, preferred operators, overflow. All ids are the company's. */

/** A code of the company's list. */
export type SkillId = string;

/** How well an operator knows what: 1 (a little) to 5. What is not named they do not know at all. */
export type SkillLevels = Readonly<Record<SkillId, number>>;

/** A skill that a call asks for, and how that is relaxed while its caller waits. */
export interface SkillNeed {
  readonly skillId: SkillId;
  /** The lowest level that will do, 1 to 5. */
  readonly level: number;
  readonly relax?: readonly SkillStep[];
}

/** From `afterMs` of waiting on this level will do; 0: the skill is no longer asked for. */
export interface SkillStep {
  readonly afterMs: number;
  readonly level: number;
}

/** Operators who are asked before everybody else. */
export interface Preferred {
  /** In the order in which they are asked. */
  readonly operatorIds: readonly string[];
  /** Until then nobody else is asked, as long as one of them may still take the call. */
  readonly until: number;
}

/** What a queue does with callers for whom it is too small. Null: never for that reason. */
export interface OverflowRules {
  /** They wait in these queues too, after their own; place and age stay. */
  readonly queueIds: readonly string[];
  /** After this long. */
  readonly afterMs: number | null;
  /** At once, when so many callers wait before them. */
  readonly fromWaiting: number | null;
}

/** That a call waits in other queues too, since when and why. */
export interface Overflow {
  readonly at: number;
  readonly by: "time" | "length";
  readonly queueIds: readonly string[];
}

/**
 * Why a caller is to leave the line by their flow: it was full when they came, or closed (`closed`: also since), or they waited as long as the queue
 * lets anybody wait.
 */
export type TurnedAway = "full" | "overflowed" | "closed";

/** What of an operator decisions need beyond their shift. */
export interface OperatorRules {
  readonly skills: SkillLevels;
  /** Their offers are accepted this long after they were shown; absent: as the queue says. */
  readonly autoAcceptMs?: number;
}

/** What a caller brings along who comes back to the line: it never changes. */
export interface HadBefore {
  /** When they came to the line first: their age counts from it (`raiseEveryMs`). Their waiting time does not. */
  readonly since: number;
  /** When a supervisor put them before all others; null: none did. */
  readonly movedUpAt: number | null;
}

/** What a caller who joins asks for beyond their place; each may be left out. */
export interface Asked {
  /** Beside those of the queue; for a skill that both name, these count. */
  readonly skills?: readonly SkillNeed[];
  readonly preferred?: { readonly operatorIds: readonly string[]; readonly forMs: number };
  /** Tell the flow (intents `full` and `overflowed`) when the queue's limits are reached. */
  readonly leaveWhenFull?: boolean;
  /** What they had in line before; absent: they join for the first time. */
  readonly before?: HadBefore;
}
