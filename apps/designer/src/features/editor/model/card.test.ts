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
    { id: "sales", label: "Sales", key: "1", quiet: false },
    { id: "help", label: "", key: "2", quiet: false },
    { id: "noInput", label: "No key pressed", key: null, quiet: false },
    { id: "noMatch", label: "Wrong key", key: null, quiet: false },
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
