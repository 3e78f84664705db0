import { expect, test } from "vitest";
import { checkQuestionnaire } from "./check.ts";
import type { Branch, Question, QuestionnaireStep } from "./questionnaire.ts";

const step = (stepId: string, part: Partial<QuestionnaireStep> = {}): QuestionnaireStep => ({
  ...{ stepId, title: stepId.toUpperCase(), say: "", questions: [], branches: [], next: null },
  ...part,
});
const asks = (key: string, part: Partial<Question> = {}): Question => ({
  ...{ key, kind: "yesNo", text: `${key}?`, required: true },
  ...part,
});
const branch = (question: string, to: string | null, part: Partial<Branch> = {}): Branch => ({
  ...{ question, holds: "is", value: true, to },
  ...part,
});
const codes = (...steps: QuestionnaireStep[]) => checkQuestionnaire({ steps }).map(({ code }) => code);

test("a conversation that branches, comes back and ends has nothing wrong", () => {
  const right = codes(
    step("hello", {
      say: "Bonjour {{contact.name}}",
      questions: [asks("customer")],
      branches: [branch("customer", "file")],
      next: "end",
    }),
    step("file", { questions: [asks("right")], branches: [branch("right", "end")], next: "hello" }),
    step("end", { branches: [branch("customer", null)], next: null }),
  );
  expect(right).toEqual([]);
});

test("what is there twice, and what is not there at all", () => {
  expect(codes(step("a", { next: "b" }), step("b"), step("b"))).toEqual(["stepTwice"]);
  expect(codes(step("a", { questions: [asks("k"), asks("k")] }))).toEqual(["questionTwice"]);
  expect(codes(step("a", { next: "zzz" }))).toEqual(["stepMissing"]);
  expect(codes(step("a", { questions: [asks("k")], branches: [branch("k", "zzz")] }))).toEqual(["stepMissing"]);
  expect(codes(step("a", { branches: [branch("zzz", null)] }))).toEqual(["questionMissing"]);
});

test("a choice without choices, or with one twice; a number between nothing", () => {
  expect(codes(step("a", { questions: [asks("k", { kind: "single" })] }))).toEqual(["optionsMissing"]);
  const options = [
    { key: "x", label: "X" },
    { key: "x", label: "Y" },
  ];
  expect(codes(step("a", { questions: [asks("k", { kind: "several", options })] }))).toEqual(["optionTwice"]);
  expect(codes(step("a", { questions: [asks("k", { kind: "number", min: 3, max: 2 })] }))).toEqual(["limits"]);
});

test("a condition fits its question, which is asked before", () => {
  const number = asks("n", { kind: "number" });
  expect(codes(step("a", { questions: [number], branches: [branch("n", null)] }))).toEqual(["conditionUnfit"]);
  const some = branch("n", null, { holds: "atLeast", value: 3 });
  expect(codes(step("a", { questions: [number], branches: [some] }))).toEqual([]);
  expect(codes(step("a", { branches: [some], next: "b" }), step("b", { questions: [number] }))).toEqual([
    "questionLater",
  ]);
});

test("nobody comes to a step; nobody comes to the end", () => {
  expect(codes(step("a"), step("b"))).toEqual(["unreached"]);
  expect(codes(step("a", { next: "b" }), step("b", { next: "a" }))).toEqual(["noWayOut", "noWayOut"]);
  expect(codes(step("a", { questions: [asks("k")], branches: [branch("k", "b")] }), step("b", { next: "b" }))).toEqual([
    "noWayOut",
  ]);
});

test("a parameter that is not written right, in what is said or asked", () => {
  expect(codes(step("a", { say: "Bonjour {{ }}" }))).toEqual(["placeholder"]);
  expect(codes(step("a", { questions: [asks("k", { text: "{{contact" })] }))).toEqual(["placeholder"]);
});

test("more than a request can carry", () => {
  const long = Array.from({ length: 50 }, (_, at) =>
    step(`s${at}`, { say: "é".repeat(1_000), next: at < 49 ? `s${at + 1}` : null }),
  );
  expect(codes(...long)).toEqual(["tooLarge"]);
});

test("each fault says where it is, in both languages", () => {
  const [fault] = checkQuestionnaire({ steps: [step("a", { questions: [asks("k", { kind: "single" })] })] });
  expect(fault).toMatchObject({ stepId: "a", question: "k" });
  expect(fault?.words.fr).toContain("ajoutez une réponse");
  expect(fault?.words.en).toContain("add an answer");
});
