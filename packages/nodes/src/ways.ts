import type { Patience, Phase, WayOut } from "@cordboard/flow-schema";

/** What a caller hears: a prompt of the flow, or the announcement of the product that stands for none. */
export function heard(prompt: string | null, builtIn: string): Phase {
  return prompt === null ? { says: builtIn, builtIn: true } : { says: prompt };
}

/** A question that is asked again. */
export interface AskedAgain {
  readonly question: Phase;
  readonly patienceMs: number;
  readonly attempts: number;
  /** What is said before it is asked again, after silence and after a wrong key; null: nothing. */
  readonly afterSilence: Phase | null;
  readonly afterWrong: Phase | null;
}

/** The phases of a question to which nothing is ever answered. */
export function unanswered({ question, patienceMs, attempts, afterSilence }: AskedAgain): readonly Phase[] {
  return Array.from({ length: attempts }, (_, index): readonly Phase[] => [
    ...(index > 0 && afterSilence !== null ? [afterSilence] : []),
    question,
    { silentMs: patienceMs },
  ]).flat();
}

/** The phases of a question that is answered by keys: at once, or at its last time of asking and the last moment of that. */
export function answered(asked: AskedAgain, keys: string): WayOut {
  return {
    phases: [asked.question, { keys }],
    slowest: [...unanswered(asked), { keys }],
  };
}

/** The phases of a question that is answered by a key that it has no use for, every time. */
export function wrongly({ question, attempts, afterWrong }: AskedAgain, keys: string): readonly Phase[] {
  return Array.from({ length: attempts }, (_, index): readonly Phase[] => [
    ...(index > 0 && afterWrong !== null ? [afterWrong] : []),
    question,
    { keys },
  ]).flat();
}

/** A key that none of these is. */
export function otherKey(used: string): string {
  return [..."9876543210*#"].find((key) => !used.includes(key)) ?? "#";
}

export const questionPatience = (ms: number): readonly Patience[] => [{ kind: "question", ms, pointer: "/patienceMs" }];
