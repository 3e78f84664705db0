import {
  apply,
  type FlowDocument,
  findInText,
  readFlow,
  replaceCommands,
  replaceInText,
  replacements,
  type TextSearch,
  textPlaces,
} from "@cordboard/flow-schema";
import { hunt, menu, registry, set, subflow } from "@cordboard/nodes";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

function sample(): FlowDocument {
  const node = (id: string, type: string, config: unknown) => ({ id, name: id, type, typeVersion: 1, config });
  const read = readFlow({
    ...{ formatVersion: 1, id: "f", name: "Réception", languages: ["fr-FR"], entry: "set" },
    variables: { tries: { type: "number", description: "How often" } },
    prompts: {
      p: { name: "Hello", texts: { "fr-FR": "Bonjour, l'accueil." }, audio: { "fr-FR": `sha256:${"0".repeat(64)}` } },
      lib: { name: "Shared", texts: { "fr-FR": "Bonjour à tous." }, library: `prompt_${"0".repeat(32)}` },
    },
    nodes: [
      node("set", "set", { ...set.initial, assignments: [{ variable: "tries", value: "tries + 1" }] }),
      node("menu", "menu", { ...menu.initial, prompt: "p", choices: [{ id: "c1", digit: "1", label: "Bonjour" }] }),
      node("hunt", "hunt", { ...hunt.initial, queue: "queue_1" }),
      node("sub", "subflow", { ...subflow.initial, inputs: { theirs: "tries" }, results: { tries: "given" } }),
      node("odd", "third.party", { inner: [{ words: "Bonjour", id: "x" }] }),
    ],
  });
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  return read.document;
}

describe("the places of a flow", () => {
  const places = textPlaces(sample(), registry);
  const at = (pointer: string) => places.filter((place) => place.pointer === pointer);

  test("say what they hold, by the schemas of the settings", () => {
    expect(at("/nodes/0/config/assignments/0/variable")).toMatchObject([{ holds: "variable", nodeId: "set" }]);
    expect(at("/nodes/0/config/assignments/0/value")).toMatchObject([
      { holds: "expression", path: "assignments.value" },
    ]);
    expect(at("/nodes/1/config/choices/0/label")).toMatchObject([{ holds: "text", maxLength: 100 }]);
    expect(at("/nodes/2/config/queue")).toMatchObject([{ holds: "reference", kind: "queue", text: "queue_1" }]);
    expect(at("/nodes/3/config/inputs/theirs")).toMatchObject([{ holds: "expression", text: "tries" }]);
    expect(at("/nodes/3/config/results/tries")).toMatchObject([
      { holds: "variableKey", text: "tries" },
      { holds: "other", text: "given" },
    ]);
    expect(at("/nodes/4/config/inner/0/words")).toMatchObject([{ holds: "other", path: "inner.words" }]);
    expect(at("/prompts/p/texts/fr-FR")).toMatchObject([{ holds: "promptText", nodeId: null }]);
  });

  test("say nothing of ids that only machines read, nor of which prompt is said", () => {
    expect(at("/nodes/1/config/choices/0/id")).toEqual([]);
    expect(at("/nodes/1/config/prompt")).toEqual([]);
  });
});

describe("finding", () => {
  const found = (text: string, words: string, more: Omit<TextSearch, "words"> = {}) =>
    findInText(text, { words, ...more }).map(([start, end]) => text.slice(start, end));
  test("takes capitals and accents as they come, unless told otherwise", () => {
    expect(found("Fermé, FERME", "ferme")).toEqual(["Fermé", "FERME"]);
    expect(found("Fermé, FERME", "Fermé", { exactly: true })).toEqual(["Fermé"]);
    expect(found("tries, retries", "tries", { wholeWords: true })).toEqual(["tries"]);
    expect(found("aaa", "aa")).toEqual(["aa"]);
    expect(found("anything", "")).toEqual([]);
    // One that has no small letter of one unit is not moved by it.
    expect(found("İ ẞ x", "x")).toEqual(["x"]);
  });

  test("what is found is never part of what was found before, and replacing it by itself changes nothing", () => {
    const some = fc.string({ unit: fc.constantFrom("a", "A", "é", "b", " ", "_", "İ"), maxLength: 12 });
    fc.assert(
      fc.property(some, some, fc.boolean(), fc.boolean(), (text, words, exactly, wholeWords) => {
        const search = { words, exactly, wholeWords };
        const ranges = findInText(text, search);
        for (const [index, [start, end]] of ranges.entries()) {
          expect(end - start).toBe(words.length);
          expect(start).toBeGreaterThanOrEqual(ranges[index - 1]?.[1] ?? 0);
        }
        if (exactly) expect(replaceInText(text, search, words)).toBe(text);
        expect(findInText(replaceInText(text, search, ""), { words: "" })).toEqual([]);
      }),
    );
  });
});

test("replacing changes every text that may change, keeps recordings with the words they were made for, and tells what it left", () => {
  const document = sample();
  const found = replacements(document, textPlaces(document, registry), { words: "bonjour" }, "Salut");
  // The library's text and the setting of a type that is not installed stay.
  expect(found.kept.map(({ pointer }) => pointer)).toEqual([
    "/nodes/4/config/inner/0/words",
    "/prompts/lib/texts/fr-FR",
  ]);
  const done = apply(document, { type: "several", commands: replaceCommands(document, found.changes) });
  if (!done.ok) throw new Error(done.reason);
  expect(done.document.prompts.p).toMatchObject({
    texts: { "fr-FR": "Salut, l'accueil." },
    audio: { "fr-FR": expect.any(String) },
    recordedTexts: { "fr-FR": "Bonjour, l'accueil." },
  });
  expect(done.document.nodes[1]?.config).toMatchObject({ choices: [{ id: "c1", digit: "1", label: "Salut" }] });
  const back = apply(done.document, done.inverse);
  expect(back.ok && back.document).toEqual(document);
});

test("what would be too long, or leave an expression or the flow without a text, is left as it is", () => {
  const document = sample();
  const places = textPlaces(document, registry);
  const tried = (words: string, by: string) => replacements(document, places, { words }, by);
  expect(tried("Réception", "").kept.map(({ holds }) => holds)).toEqual(["flowName"]);
  expect(tried("tries + 1", " ").kept.map(({ holds }) => holds)).toEqual(["expression"]);
  expect(tried("menu", "x".repeat(201)).kept.map(({ holds }) => holds)).toEqual(["nodeName"]);
});
