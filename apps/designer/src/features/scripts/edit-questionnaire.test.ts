import type { Questionnaire } from "@cordboard/api";
import { checkQuestionnaire } from "@cordboard/api/questionnaire";
import { expect, test } from "vitest";
import {
  asKind,
  blankQuestionnaire,
  conditionsOf,
  firstCondition,
  moved,
  questionsOf,
  withNewOption,
  withNewQuestion,
  withNewStep,
  withoutQuestion,
  withoutStep,
  withQuestion,
  withStep,
} from "./edit-questionnaire.ts";

/** Three steps, the first of which decides by its question. */
function drawn(): Questionnaire {
  const three = withNewStep(withNewStep(blankQuestionnaire("One"), "Two"), "Three");
  const asks = withNewQuestion(three, "s1", "yesNo");
  return withStep(asks, "s1", (step) => ({
    ...step,
    branches: [{ question: "q1", holds: "is", value: true, to: "s3" }],
  }));
}

test("steps that are added follow each other", () => {
  expect(drawn().steps.map(({ stepId, next }) => [stepId, next])).toEqual([
    ["s1", "s2"],
    ["s2", "s3"],
    ["s3", null],
  ]);
  expect(checkQuestionnaire(drawn())).toEqual([]);
});

test("a step that goes leaves no way into nothing, and takes along what is decided by its questions", () => {
  const without = withoutStep(drawn(), "s2");
  expect(without.steps.map(({ stepId, next }) => [stepId, next])).toEqual([
    ["s1", "s3"],
    ["s3", null],
  ]);
  expect(withoutStep(drawn(), "s3").steps[0]?.branches).toMatchObject([{ to: null }]);
  const decides = withStep(drawn(), "s2", (step) => ({
    ...step,
    branches: [{ question: "q1", holds: "answered", value: null, to: null }],
  }));
  expect(withoutStep(decides, "s1").steps[0]?.branches).toEqual([]);
  expect(withNewStep(without, "Four").steps.map(({ stepId }) => stepId)).toEqual(["s1", "s3", "s4"]);
});

test("a question that is called otherwise, or is another kind, is still what is decided by", () => {
  const [question] = questionsOf(drawn());
  if (!question) throw new Error("no question");
  const renamed = withQuestion(drawn(), "q1", { ...question, key: "customer" });
  expect(renamed.steps[0]?.branches).toEqual([{ question: "customer", holds: "is", value: true, to: "s3" }]);
  const number = withQuestion(drawn(), "q1", asKind(question, "number"));
  expect(number.steps[0]?.branches).toEqual([{ question: "q1", holds: "atLeast", value: 1, to: "s3" }]);
  expect(withoutQuestion(drawn(), "q1").steps[0]).toMatchObject({ questions: [], branches: [] });
});

test("every condition that is offered fits its question", () => {
  for (const kind of ["single", "several", "text", "number", "yesNo", "date"] as const) {
    const question = { ...asKind({ key: "k", kind, text: "k?", required: true }, kind) };
    const all = conditionsOf(question).map((condition) => ({ ...condition, to: null }));
    const steps = [{ ...blankQuestionnaire("One").steps[0], questions: [question], branches: all }];
    expect(checkQuestionnaire({ steps } as Questionnaire), kind).toEqual([]);
    expect(firstCondition(question).question).toBe("k");
  }
});

test("choices have names of their own that stay, and things move one place at a time", () => {
  const question = asKind({ key: "k", kind: "text", text: "", required: true }, "single");
  const more = withNewOption(withNewOption(question));
  expect(more.options?.map(({ key }) => key)).toEqual(["a1", "a2", "a3"]);
  const less = { ...more, options: (more.options ?? []).slice(1) };
  expect(withNewOption(less).options?.map(({ key }) => key)).toEqual(["a2", "a3", "a4"]);
  expect(moved([1, 2, 3], 0, 1)).toEqual([2, 1, 3]);
  expect(moved([1, 2, 3], 0, -1)).toEqual([1, 2, 3]);
});
