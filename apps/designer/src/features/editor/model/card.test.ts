import { expect, test } from "vitest";
import { smallFlow } from "../testing.ts";
import { cardOf, cut } from "./card.ts";

const readers = {
  screen: "en",
  language: "en-GB",
  nameOf: (kind: string, id: string) => (kind === "queue" && id === "q1" ? "Sales team" : null),
  builtInText: (name: string) => (name === "goodbye" ? "Goodbye, then." : null),
} as const;
const cardFor = (id: string, document = smallFlow()) => {
  const node = document.nodes.find((one) => one.id === id);
  if (!node) throw new Error(id);
  return cardOf(node, document, readers);
};

test("what the caller hears is on the card, in the reader's language where there is one", () => {
  expect(cardFor("hello").spoken).toBe("Hello.");
  expect(cardFor("menu").spoken).toBe("Tapez 1 ou 2.");
});

test("a menu's keys are its outputs' keys; one without a name shows only its key", () => {
  expect(cardFor("menu").outputs).toEqual([
    { id: "sales", label: "Sales", key: "1", quiet: false, like: null },
    { id: "help", label: "", key: "2", quiet: false, like: null },
    { id: "noInput", label: "No key pressed", key: null, quiet: false, like: null },
    { id: "noMatch", label: "Wrong key", key: null, quiet: false, like: null },
  ]);
});

test("an output that calls need not have leaves like another, and says so", () => {
  const config = {
    prompt: null,
    choices: [{ id: "c", digit: "1", language: "fr-FR" }],
    attempts: 2,
    patienceMs: 5_000,
  };
  const node = { id: "language", name: "", type: "language", typeVersion: 1, config };
  expect(cardOf(node, smallFlow(), readers).outputs).toEqual([
    { id: "chosen", label: "Language chosen", key: null, quiet: false, like: null },
    { id: "unchosen", label: "Nothing chosen", key: null, quiet: true, like: "Language chosen" },
  ]);
});

test("a built-in announcement without a text of its own is read from the product's", () => {
  const flow = smallFlow();
  const document = { ...flow, prompts: { ...flow.prompts, pHello: { texts: {}, builtIn: "goodbye" } } };
  expect(cardFor("hello", document).spoken).toBe("Goodbye, then.");
});

test("a node whose settings are not in order still shows the outputs that are connected", () => {
  const flow = smallFlow();
  const nodes = flow.nodes.map((node) => (node.id === "menu" ? { ...node, config: { prompt: 3 } } : node));
  expect(cardFor("menu", { ...flow, nodes }).outputs.map(({ id }) => id)).toEqual(["sales"]);
});

test("long texts end between words", () => {
  expect(cut("short", 20)).toBe("short");
  expect(cut("one two three four", 12)).toBe("one two…");
  expect(cut("x".repeat(50), 10)).toBe(`${"x".repeat(9)}…`);
});
