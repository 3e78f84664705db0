import type { PromptReference } from "@cordboard/node-kit";
import { expect, test } from "vitest";
import { heardWords } from "./heard-words.ts";

const sha = "a".repeat(64);
const things = {
  library: [],
  builtIn: [{ name: "thanks", texts: { en: "Thank you." }, audio: { en: sha } }],
  builtInText: (name: string) => (name === "thanks" ? "Thank you." : null),
};
const heard = (prompt: PromptReference, waiting = false) =>
  heardWords({ prompt, waiting, name: "id", language: "en-GB", values: {}, from: 0, until: 1 }, prompts, things);
const prompts = {
  hello: { texts: { "fr-FR": "Bonjour {{ name }}.", "en-GB": "Hello {{ name }}." } },
  recorded: { texts: { "en-GB": "Closed." }, audio: { "en-GB": `sha256:${sha}` } },
  taken: { texts: {}, builtIn: "thanks" },
};
const flow = (promptId: string, values = {}): PromptReference => ({
  kind: "flow",
  promptId,
  language: "en-GB",
  values,
});

test("what is heard is said in its words, with its values and its recording", () => {
  expect(heard(flow("hello", { name: "Ana" }))).toMatchObject({ text: "Hello Ana.", kind: "said", audio: null });
  expect(heard(flow("recorded"))).toMatchObject({ text: "Closed.", audio: sha });
  expect(heard(flow("taken"))).toMatchObject({ text: "Thank you.", audio: sha });
  expect(heard(flow("gone"))).toMatchObject({ text: "id" });
});

test("what has no words is named by its kind; what goes round is music", () => {
  expect(heard({ kind: "builtIn", name: "beep", language: "en-GB" })).toMatchObject({ text: null, kind: "tone" });
  expect(heard({ kind: "recording", recordingId: "r" })).toMatchObject({ text: null, kind: "recording" });
  expect(heard(flow("recorded"), true)).toMatchObject({ kind: "music", text: "Closed." });
  expect(heard({ kind: "media", media: sha })).toMatchObject({ kind: "music", audio: sha });
  expect(heard({ kind: "pieces", format: "digits", value: "42", language: "en-GB" })).toMatchObject({ text: "42" });
});
