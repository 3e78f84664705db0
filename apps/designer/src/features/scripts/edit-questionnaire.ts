import type { Branch, Question, QuestionKind, Questionnaire, QuestionnaireStep } from "@cordboard/api";

/** What an author does to a questionnaire: pure, so that each can be undone by what was there before. */

export function blankQuestionnaire(title: string): Questionnaire {
  return { steps: [{ stepId: "s1", title, say: "", questions: [], branches: [], next: null }] };
}

/** Adds a step at the end; a step that led to the end, and was the last one, leads to it. */
export function withNewStep({ steps }: Questionnaire, title: string): Questionnaire {
  const stepId = freeName(
    "s",
    steps.map((step) => step.stepId),
  );
  const led = steps.map((step, at) =>
    at === steps.length - 1 && step.next === null ? { ...step, next: stepId } : step,
  );
  return { steps: [...led, { stepId, title, say: "", questions: [], branches: [], next: null }] };
}

/** Takes a step out; what led to it leads to where it led. */
export function withoutStep({ steps }: Questionnaire, stepId: string): Questionnaire {
  const gone = steps.find((step) => step.stepId === stepId);
  const onward = gone?.next === stepId ? null : (gone?.next ?? null);
  const led = (to: string | null) => (to === stepId ? onward : to);
  const asked = new Set(gone?.questions.map(({ key }) => key));
  return {
    steps: steps
      .filter((step) => step.stepId !== stepId)
      .map((step) => ({
        ...step,
        next: led(step.next),
        // Nobody asks any more what they decided by.
        branches: step.branches
          .filter(({ question }) => !asked.has(question))
          .map((branch) => ({ ...branch, to: led(branch.to) })),
      })),
  };
}

export function withStep(
  { steps }: Questionnaire,
  stepId: string,
  change: (step: QuestionnaireStep) => QuestionnaireStep,
): Questionnaire {
  return { steps: steps.map((step) => (step.stepId === stepId ? change(step) : step)) };
}

/** The list with one of it moved up or down; at its end nothing moves. */
export function moved<Item>(items: readonly Item[], at: number, by: -1 | 1): Item[] {
  const list = [...items];
  const [item, other] = [list[at], list[at + by]];
  if (item === undefined || other === undefined) return list;
  list[at] = other;
  list[at + by] = item;
  return list;
}

export function withNewQuestion(questionnaire: Questionnaire, stepId: string, kind: QuestionKind): Questionnaire {
  const question = asKind(
    {
      key: freeName(
        "q",
        questionsOf(questionnaire).map(({ key }) => key),
      ),
      kind,
      text: "",
      required: true,
    },
    kind,
  );
  return withStep(questionnaire, stepId, (step) => ({ ...step, questions: [...step.questions, question] }));
}

/** Changes a question; what decides by it follows its key, and its kind where the condition no longer fits. */
export function withQuestion(questionnaire: Questionnaire, key: string, changed: Question): Questionnaire {
  const before = questionsOf(questionnaire).find((question) => question.key === key);
  const followed = (branch: Branch): Branch => {
    if (branch.question !== key) return branch;
    return before?.kind === changed.kind
      ? { ...branch, question: changed.key }
      : { ...firstCondition(changed), to: branch.to };
  };
  return {
    steps: questionnaire.steps.map((step) => ({
      ...step,
      questions: step.questions.map((question) => (question === before ? changed : question)),
      branches: step.branches.map(followed),
    })),
  };
}

/** Takes a question out, and what decides by it. */
export function withoutQuestion({ steps }: Questionnaire, key: string): Questionnaire {
  return {
    steps: steps.map((step) => ({
      ...step,
      questions: step.questions.filter((question) => question.key !== key),
      branches: step.branches.filter((branch) => branch.question !== key),
    })),
  };
}

export const questionsOf = ({ steps }: Questionnaire): readonly Question[] =>
  steps.flatMap(({ questions }) => questions);

/** The question as one of another kind: with choices where that has some, and without what only the other had. */
export function asKind({ key, text, required, options }: Question, kind: QuestionKind): Question {
  const common = { key, text, required, kind };
  if (kind === "single" || kind === "several") {
    const kept = options && options.length > 0 ? options : [{ key: "a1", label: "" }];
    return { ...common, options: kept };
  }
  return kind === "number" ? { ...common, min: null, max: null, unit: "" } : common;
}

export function withNewOption(question: Question): Question {
  const options = question.options ?? [];
  const key = freeName(
    "a",
    options.map((option) => option.key),
  );
  return { ...question, options: [...options, { key, label: "" }] };
}

/** A way to decide by an answer. */
export type Condition = Pick<Branch, "question" | "holds" | "value">;

/** All that can be decided by a question, in the order in which it is offered. */
export function conditionsOf({ key, kind, options = [] }: Question): readonly Condition[] {
  const is = (value: string | boolean): Condition => ({ question: key, holds: "is", value });
  const own: Record<QuestionKind, readonly Condition[]> = {
    yesNo: [is(true), is(false)],
    single: options.map((option) => is(option.key)),
    several: options.map((option) => is(option.key)),
    number: [
      { question: key, holds: "atLeast", value: 1 },
      { question: key, holds: "below", value: 1 },
    ],
    ...{ text: [], date: [] },
  };
  return [
    ...own[kind],
    { question: key, holds: "answered", value: null },
    { question: key, holds: "unanswered", value: null },
  ];
}

export function firstCondition(question: Question): Condition {
  return conditionsOf(question)[0] ?? { question: question.key, holds: "answered", value: null };
}

/** The name that is not taken yet: the letter and a number. */
function freeName(letter: string, taken: readonly string[]): string {
  const numbers = taken.flatMap((name) => {
    const [, number] = /^[a-z](\d+)$/.exec(name) ?? [];
    return number === undefined || name[0] !== letter ? [] : Number(number);
  });
  return `${letter}${Math.max(0, ...numbers) + 1}`;
}
