import { expect, test } from "vitest";
import type { AnswerValue, Question, Questionnaire, RunChange } from "./questionnaire.ts";
import { type Applied, applyChange, askedOnWay, begin, fillQuestionnaire, fits, type Progress } from "./run.ts";

const questionnaire: Questionnaire = {
  steps: [
    {
      ...{ stepId: "who", title: "Who", say: "Hello {{contact.name}}" },
      questions: [
        { key: "customer", kind: "yesNo", text: "A customer?", required: true },
        { key: "rooms", kind: "number", text: "Rooms?", required: false, min: 1, max: 20 },
      ],
      branches: [
        { question: "rooms", holds: "atLeast", value: 10, to: "large" },
        { question: "customer", holds: "is", value: true, to: "topics" },
      ],
      next: "new",
    },
    {
      ...{ stepId: "topics", title: "Topics", say: "" },
      questions: [
        {
          ...{ key: "topic", kind: "several", text: "About?", required: true },
          options: [
            { key: "bill", label: "The bill" },
            { key: "fault", label: "A fault" },
          ],
        },
      ],
      branches: [{ question: "topic", holds: "is", value: "fault", to: "who" }],
      next: null,
    },
    { stepId: "new", title: "New", say: "", questions: [], branches: [], next: null },
    {
      ...{ stepId: "large", title: "Large", say: "", questions: [] },
      branches: [{ question: "topic", holds: "answered", value: null, to: "topics" }],
      next: null,
    },
  ],
};

/** A run in whose steps one operator does one thing after the other. */
function led(...changes: (RunChange | readonly [string, AnswerValue])[]): Progress {
  let progress = begin(questionnaire);
  let rev = 0;
  for (const given of changes) {
    rev += 1;
    const change: RunChange =
      "kind" in given ? given : { kind: "answer", key: given[0], value: given[1], seen: rev, givenAt: rev };
    const applied = applyChange(questionnaire, progress, change, { operatorId: "ines", at: rev, rev });
    if (applied.kind === "refused") throw new Error(`refused: ${applied.reason}`);
    progress = applied.progress;
  }
  return progress;
}
const next = (from: string, depth: number): RunChange => ({ kind: "next", from, depth });
const back = (from: string, depth: number): RunChange => ({ kind: "back", from, depth });

test("the answer leads on; the first branch that holds does", () => {
  expect(led(["customer", true], next("who", 1)).path).toEqual(["who", "topics"]);
  expect(led(["customer", false], next("who", 1)).path).toEqual(["who", "new"]);
  expect(led(["customer", true], ["rooms", 12], next("who", 1)).path).toEqual(["who", "large"]);
  expect(led(["customer", false], next("who", 1), next("new", 2))).toMatchObject({ finished: true });
});

test("a step is not left without what it requires, and a move that is told twice is made once", () => {
  expect(led(next("who", 1)).path).toEqual(["who"]);
  expect(led(["customer", null], next("who", 1)).path).toEqual(["who"]);
  expect(led(["customer", true], next("who", 1), next("who", 1)).path).toEqual(["who", "topics"]);
  expect(led(["customer", true], next("topics", 1)).path).toEqual(["who"]);
});

test("one goes back, answers otherwise, and comes elsewhere; what is no longer on the way is not counted, nor lost", () => {
  const way: Parameters<typeof led> = [
    ["customer", true],
    next("who", 1),
    ["topic", ["bill"]],
    back("topics", 2),
    ["customer", false],
  ];
  const elsewhere = led(...way, next("who", 1));
  expect(elsewhere.path).toEqual(["who", "new"]);
  expect(askedOnWay(questionnaire, elsewhere).map(({ question }) => question.key)).toEqual(["customer", "rooms"]);
  expect(elsewhere.answers.map(({ key }) => key)).toContain("topic");
  // An answer of a way not taken decides nothing either: “topic” was answered, but not on the way to “large”.
  const large = led(...way, ["rooms", 15], next("who", 1), next("large", 2));
  expect(large).toMatchObject({ path: ["who", "large"], finished: true });
});

test("an end is gone back from, and a loop is led through again", () => {
  const ended = led(["customer", true], next("who", 1), ["topic", ["bill"]], next("topics", 2));
  expect(ended.finished).toBe(true);
  const back2 = applyChange(questionnaire, ended, back("topics", 2), { operatorId: "ines", at: 9, rev: 9 });
  expect(back2).toMatchObject({ kind: "changed", progress: { path: ["who", "topics"], finished: false } });
  expect(led(["customer", true], next("who", 1), ["topic", ["bill", "fault"]], next("topics", 2)).path).toEqual([
    "who",
    "topics",
    "who",
  ]);
});

test("a colleague's newer answer stands; one's own last one does, in whatever order they arrive", () => {
  const given = (by: string, value: boolean, seen: number, givenAt: number, rev: number, on: Progress): Applied =>
    applyChange(
      questionnaire,
      on,
      { kind: "answer", key: "customer", value, seen, givenAt },
      { operatorId: by, at: rev, rev },
    );
  const first = given("ines", true, 0, 10, 1, begin(questionnaire));
  if (first.kind !== "changed") throw new Error("the first answer was not kept");
  // Marc had not seen it.
  expect(given("marc", false, 0, 99, 2, first.progress)).toEqual({
    ...{ kind: "refused", reason: "answeredMeanwhile", by: "ines" },
  });
  expect(given("marc", true, 0, 99, 2, first.progress).kind).toBe("unchanged");
  expect(given("marc", false, 1, 99, 2, first.progress)).toMatchObject({ kind: "changed" });
  // Her own, told late by another tab.
  expect(given("ines", false, 0, 9, 2, first.progress).kind).toBe("unchanged");
});

test("what is no answer to the question is refused", () => {
  const refused = applyChange(
    questionnaire,
    begin(questionnaire),
    { kind: "answer", key: "rooms", value: 21, seen: 0, givenAt: 1 },
    { operatorId: "ines", at: 1, rev: 1 },
  );
  expect(refused).toEqual({ kind: "refused", reason: "invalid", by: null });
  const of = (kind: Question["kind"]): Question => ({ key: "k", kind, text: "?", required: true });
  expect(fits(of("date"), "2027-02-28")).toBe(true);
  expect(fits(of("date"), "2027-02-30")).toBe(false);
  expect(fits(of("text"), 3)).toBe(false);
  expect(fits(of("yesNo"), "true")).toBe(false);
  expect(fits({ ...of("several"), options: [{ key: "a", label: "A" }] }, ["a", "a"])).toBe(false);
  expect(fits({ ...of("single"), options: [{ key: "a", label: "A" }] }, "b")).toBe(false);
});

test("values are put in as text, a hidden or missing one as nothing", () => {
  const filled = fillQuestionnaire(questionnaire, { "contact.name": "<b>Claire</b> {{caller}}", caller: "1" });
  expect(filled.steps[0]?.say).toBe("Hello <b>Claire</b> {{caller}}");
  expect(fillQuestionnaire(questionnaire, { "contact.name": null }).steps[0]?.say).toBe("Hello ");
});
