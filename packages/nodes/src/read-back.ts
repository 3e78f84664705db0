import type { NodeStates, NodeTransition, PromptChoice, Steps } from "@cordboard/node-kit";

/** Silence after each part of what is read back, before the next one, milliseconds. */
const BETWEEN_MS = 100;
const UNANSWERED = "unanswered";

/** What is read back, and where the caller's answer leads. */
export interface ReadBack {
  /** Not secret: it is said. */
  readonly variable: string;
  readonly before: string | PromptChoice;
  /** Names the keys 1 (it is right) and 2 (it is not). */
  readonly question: string | PromptChoice;
  /** Silence allowed after the question, milliseconds. */
  readonly patienceMs: number;
  /** How often it is read, when nothing is keyed or another key than these two. */
  readonly attempts: number;
  readonly right: NodeTransition;
  readonly wrong: readonly (NodeTransition | string)[];
  readonly silent: string;
}

/**
 * States, from `readingBack` on, that say a variable figure by figure between two prompts and ask whether it is right. Each part is a
 * question of its own, so that the caller may answer at any moment.
 */
export function readBack(
  { variable, before, question, patienceMs, attempts, right, wrong, silent }: ReadBack,
  { advance, collect, count, counted, pieces, pressed }: Steps,
): Readonly<Record<string, NodeStates>> {
  // Guards see the counter as it was before: at the last reading it counts all but this one.
  const lastReading = { guard: counted(UNANSWERED, attempts - 1), target: silent };
  const again: NodeTransition = { target: "readingBack", reenter: true, actions: count(UNANSWERED) };
  const answers: readonly NodeTransition[] = [
    { guard: pressed("1"), ...right },
    { guard: pressed("2"), target: "denied" },
    lastReading,
    again,
  ];
  const listening = (prompt: string | PromptChoice, silenceMs: number) =>
    collect({ prompt, maxDigits: 1, patienceMs: silenceMs });
  return {
    readingBack: {
      entry: listening(before, BETWEEN_MS),
      on: { "input.digits": answers, "input.silence": "readingDigits" },
    },
    readingDigits: {
      entry: listening(pieces(variable, "digits"), BETWEEN_MS),
      on: { "input.digits": answers, "input.silence": "askingIfRight" },
    },
    askingIfRight: {
      entry: listening(question, patienceMs),
      on: { "input.digits": answers, "input.silence": [lastReading, again] },
    },
    denied: { entry: advance, on: { advance: wrong } },
  };
}
