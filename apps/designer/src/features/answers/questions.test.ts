import { expect, test } from "vitest";
import { questionsOf } from "./questions.ts";

test("questions are named without what a caller's own values put into them, script by script", () => {
  const questions = [
    { key: "contract", kind: "single" as const, text: "Which contract, {{contact.name}}?", required: true },
    { key: "rooms", kind: "number" as const, text: "How many rooms?", required: false },
  ];
  const step = { stepId: "who", title: "Who", say: "", questions, branches: [], next: null };
  const found = questionsOf([
    { scriptId: "script_1", name: "Web page", questionnaire: null },
    { scriptId: "script_2", name: "Survey", questionnaire: { steps: [step] } },
  ]);
  expect(found.map(({ place, scriptName, text }) => [place, scriptName, text])).toEqual([
    ["script_2|contract", "Survey", "Which contract, …?"],
    ["script_2|rooms", "Survey", "How many rooms?"],
  ]);
});
