/** One goal, as measured in this run. */
export interface GoalResult {
  readonly goal: string;
  /** The part of the benchmark that measured it (`--only`). */
  readonly part: string;
  /** What decides: `met` or `missed` by the ratio alone; `void` when the run proves nothing; `figure` when nothing was asked. */
  readonly verdict: "met" | "missed" | "void" | "figure";
  readonly ratio: number | null;
  /** As `≤ 1.5 ×`. */
  readonly ratioGoal: string | null;
  /** What was seen here, in words. */
  readonly figure: string;
  /** What is aimed at, in words. Says nothing about another machine. */
  readonly figureGoal: string | null;
  /** Whether the figure was reached here; `null` where none is aimed at. */
  readonly figureMet: boolean | null;
  /** What the ratio is taken against, with its own figure; or why the run is void. */
  readonly against: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** How long to measure: `quick` to see whether anything broke, otherwise long enough to believe. */
export interface Extent {
  readonly quick: boolean;
  /** Everything that is kept of a year of a million calls, where a part measures that: it takes many minutes. */
  readonly wholeYear: boolean;
  readonly say: (sentence: string) => void;
}

interface Judged {
  readonly part: string;
  readonly goal: string;
  readonly ratio: number;
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly unit?: string;
  readonly figure: string;
  readonly figureGoal?: string;
  readonly figureMet?: boolean;
  readonly against: string;
  /** Why the run proves nothing. */
  readonly voidBecause?: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A goal whose ratio decides. */
export function judge({ ratio, atMost, atLeast, unit = " ×", voidBecause = null, ...rest }: Judged): GoalResult {
  const reached = (atMost === undefined || ratio <= atMost) && (atLeast === undefined || ratio >= atLeast);
  return {
    goal: rest.goal,
    part: rest.part,
    verdict: voidBecause ? "void" : reached ? "met" : "missed",
    ratio,
    ratioGoal: atMost === undefined ? `≥ ${atLeast}${unit}` : `≤ ${atMost}${unit}`,
    figure: rest.figure,
    figureGoal: rest.figureGoal ?? null,
    figureMet: rest.figureMet ?? null,
    against: voidBecause ? `${rest.against}; void: ${voidBecause}` : rest.against,
    details: rest.details ?? {},
  };
}

/** Something worth knowing for which no ratio is asked. */
export function figureOnly(
  given: Pick<GoalResult, "part" | "goal" | "figure"> &
    Partial<Pick<GoalResult, "figureGoal" | "figureMet" | "against" | "details">>,
): GoalResult {
  return {
    verdict: "figure",
    ratio: null,
    ratioGoal: null,
    figureGoal: null,
    figureMet: null,
    against: "–",
    details: {},
    ...given,
  };
}
