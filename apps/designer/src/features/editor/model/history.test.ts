import type { FlowDocument } from "@cordboard/flow-schema";
import { expect, test } from "vitest";
import { emptyHistory, type History, remember, stepBack, stepForward } from "./history.ts";

const document = (name: string): FlowDocument => ({
  formatVersion: 1,
  id: "f",
  name,
  languages: ["fr-FR"],
  parameters: {},
  inputs: [],
  results: [],
  keys: {},
  variables: {},
  prompts: {},
  entry: "a",
  onError: null,
  nodes: [],
  edges: [],
  notes: {},
  groups: {},
  layout: {},
});
const selection = new Set<string>();
const step = (name: string, at = 0, mergeKey: string | null = null) => ({
  label: "rename",
  subject: null,
  document: document(name),
  selection,
  mergeKey,
  at,
});

test("back and forward lead through every state, in order", () => {
  let history: History = emptyHistory;
  for (const name of ["one", "two", "three"]) history = remember(history, step(name));
  const back = stepBack(history, { document: document("now"), selection });
  expect(back?.to.document.name).toBe("three");
  const again = stepForward(back?.history ?? emptyHistory, { document: document("three"), selection });
  expect(again?.to.document.name).toBe("now");
  expect(again?.history.past).toHaveLength(3);
  expect(again?.history.future).toHaveLength(0);
});

test("one word typed is one step; a pause or another place begins a new one", () => {
  let history: History = emptyHistory;
  history = remember(history, step("", 0, "text"));
  history = remember(history, step("h", 400, "text"));
  history = remember(history, step("he", 1_800, "text"));
  expect(history.past.map((one) => one.document.name)).toEqual([""]);
  history = remember(history, step("hello", 9_000, "text"));
  history = remember(history, step("hello", 9_100, "other"));
  history = remember(history, step("hello", 9_200));
  expect(history.past).toHaveLength(4);
});

test("a change after going back forgets what could have been done again", () => {
  const history = remember(remember(emptyHistory, step("one")), step("two"));
  const back = stepBack(history, { document: document("three"), selection });
  const changed = remember(back?.history ?? emptyHistory, step("two"));
  expect(stepForward(changed, { document: document("x"), selection })).toBeNull();
});

test("there is a beginning, an end, and a bound", () => {
  expect(stepBack(emptyHistory, { document: document("x"), selection })).toBeNull();
  let history: History = emptyHistory;
  for (let at = 0; at < 500; at++) history = remember(history, step(String(at)));
  expect(history.past).toHaveLength(200);
  expect(history.past[0]?.document.name).toBe("300");
});
