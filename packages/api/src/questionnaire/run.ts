/** How a guided conversation goes on: pure, so that browser and server agree on every step, and an author can try it. */
import { fillText } from "./fill-text.ts";
import type { AnswerValue, Branch, Question, Questionnaire, QuestionnaireStep, RunChange } from "./questionnaire.ts";

/** An answer as it is kept. `rev`: that of the run when it was given; `givenAt`: see `RunChange`. */
export interface KeptAnswer {
  readonly key: string;
  readonly value: AnswerValue;
  readonly operatorId: string;
  /** Milliseconds. */
  readonly at: number;
  readonly rev: number;
  readonly givenAt: number;
}

/** How far a conversation is: the steps that it came through, the one it stands at as the last. */
export interface Progress {
  readonly path: readonly string[];
  readonly answers: readonly KeptAnswer[];
  /** It came to its end. */
  readonly finished: boolean;
}

export type ChangeRefusal = "invalid" | "answeredMeanwhile";

/** `unchanged`: a move that was made already, or cannot be made. */
export type Applied =
  | { readonly kind: "changed" | "unchanged"; readonly progress: Progress }
  | { readonly kind: "refused"; readonly reason: ChangeRefusal; readonly by: string | null };

/** A caller who is led in circles loses the beginning of the way, not the answers. */
const LONGEST_WAY = 500;
const LONGEST_TEXT = 2_000;

export function begin({ steps }: Questionnaire): Progress {
  return { path: steps[0] ? [steps[0].stepId] : [], answers: [], finished: false };
}

/** The step that a conversation stands at; undefined only where its questionnaire has none. */
export function stepAt({ steps }: Questionnaire, { path }: Pick<Progress, "path">): QuestionnaireStep | undefined {
  return steps.find(({ stepId }) => stepId === path.at(-1)) ?? steps[0];
}

export function answerTo({ answers }: Pick<Progress, "answers">, key: string): AnswerValue {
  return answers.find((answer) => answer.key === key)?.value ?? null;
}

/** Whether a value says anything. No to a question is an answer. */
export function isAnswer(value: AnswerValue): boolean {
  return value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}

/** Whether a value is one that the question asks for; nothing always is. */
export function fits(question: Question, value: AnswerValue): boolean {
  if (!isAnswer(value)) return true;
  const isOption = (key: unknown) => (question.options ?? []).some((option) => option.key === key);
  switch (question.kind) {
    case "single":
      return isOption(value);
    case "several":
      return Array.isArray(value) && value.every(isOption) && new Set(value).size === value.length;
    case "text":
      return typeof value === "string" && value.length <= LONGEST_TEXT;
    case "number":
      return (
        typeof value === "number" &&
        Number.isFinite(value) &&
        value >= (question.min ?? Number.NEGATIVE_INFINITY) &&
        value <= (question.max ?? Number.POSITIVE_INFINITY)
      );
    case "yesNo":
      return typeof value === "boolean";
    case "date":
      return typeof value === "string" && isDay(value);
  }
}

/** The keys of what must be answered before the step is left. */
export function missingIn(step: QuestionnaireStep, progress: Pick<Progress, "answers">): readonly string[] {
  return step.questions
    .filter(({ key, required }) => required && !isAnswer(answerTo(progress, key)))
    .map(({ key }) => key);
}

/** Where the step leads: by the first branch that holds. Null: to the end. Only what was asked on the way counts. */
export function nextOf(questionnaire: Questionnaire, step: QuestionnaireStep, progress: Progress): string | null {
  const asked = new Set(askedOnWay(questionnaire, progress).map(({ question }) => question.key));
  const holding = step.branches.find((branch) =>
    holds(branch, asked.has(branch.question) ? answerTo(progress, branch.question) : null),
  );
  return holding ? holding.to : step.next;
}

/** What a change makes of a conversation. The same change told twice changes nothing the second time. */
export function applyChange(
  questionnaire: Questionnaire,
  progress: Progress,
  change: RunChange,
  by: { readonly operatorId: string; readonly at: number; readonly rev: number },
): Applied {
  if (change.kind === "answer") return withAnswer(questionnaire, progress, change, by);
  const { path, finished } = progress;
  const unchanged = { kind: "unchanged", progress } as const;
  if (path.length !== change.depth || path.at(-1) !== change.from) return unchanged;
  if (change.kind === "back") {
    if (finished) return { kind: "changed", progress: { ...progress, finished: false } };
    return path.length < 2 ? unchanged : { kind: "changed", progress: { ...progress, path: path.slice(0, -1) } };
  }
  const step = stepAt(questionnaire, progress);
  if (finished || !step || missingIn(step, progress).length > 0) return unchanged;
  const next = nextOf(questionnaire, step, progress);
  // A step that is gone cannot be led to: what was checked when it was saved is not relied on here.
  const known = questionnaire.steps.some(({ stepId }) => stepId === next);
  if (next === null || !known) return { kind: "changed", progress: { ...progress, finished: true } };
  return { kind: "changed", progress: { ...progress, path: [...path, next].slice(-LONGEST_WAY) } };
}

export interface Asked {
  readonly step: QuestionnaireStep;
  readonly question: Question;
}

/** The questions of the steps that the conversation came through, each once, in order: what was answered on a way not taken is not among them. */
export function askedOnWay({ steps }: Questionnaire, { path }: Pick<Progress, "path">): readonly Asked[] {
  return [...new Set(path)].flatMap((id) => {
    const step = steps.find(({ stepId }) => stepId === id);
    return (step?.questions ?? []).flatMap((question) => (step ? [{ step, question }] : []));
  });
}

/** The questionnaire with the values of a call in all its texts. */
export function fillQuestionnaire(
  { steps }: Questionnaire,
  values: Readonly<Record<string, string | null>>,
): Questionnaire {
  return {
    steps: steps.map((step) => ({
      ...step,
      say: fillText(step.say, values),
      questions: step.questions.map((question) => ({ ...question, text: fillText(question.text, values) })),
    })),
  };
}

function withAnswer(
  { steps }: Questionnaire,
  progress: Progress,
  { key, value, seen, givenAt }: Extract<RunChange, { kind: "answer" }>,
  { operatorId, at, rev }: { readonly operatorId: string; readonly at: number; readonly rev: number },
): Applied {
  const question = steps.flatMap(({ questions }) => questions).find((one) => one.key === key);
  if (!question || !fits(question, value)) return { kind: "refused", reason: "invalid", by: null };
  const kept = progress.answers.find((answer) => answer.key === key);
  const unchanged = { kind: "unchanged", progress } as const;
  if (kept && kept.operatorId !== operatorId && kept.rev > seen) {
    if (JSON.stringify(kept.value) === JSON.stringify(value)) return unchanged;
    return { kind: "refused", reason: "answeredMeanwhile", by: kept.operatorId };
  }
  if (kept?.operatorId === operatorId && kept.givenAt >= givenAt) return unchanged;
  const answer = { key, value, operatorId, at, rev, givenAt };
  return {
    kind: "changed",
    progress: { ...progress, answers: [...progress.answers.filter((one) => one.key !== key), answer] },
  };
}

function holds({ holds: how, value }: Branch, given: AnswerValue): boolean {
  switch (how) {
    case "answered":
      return isAnswer(given);
    case "unanswered":
      return !isAnswer(given);
    case "is":
      return Array.isArray(given) ? given.some((key) => key === value) : isAnswer(given) && given === value;
    case "atLeast":
      return typeof given === "number" && typeof value === "number" && given >= value;
    case "below":
      return typeof given === "number" && typeof value === "number" && given < value;
  }
}

/** A day of the calendar: the 30th of February is none. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}
