import fc from "fast-check";
import { expect, test } from "vitest";
import { diffWords } from "./words-diff.ts";

/** Removed words in brackets, added ones in braces. */
const told = (before: string, after: string) =>
  diffWords(before, after)
    .map(({ kind, text }) => (kind === "same" ? text : kind === "removed" ? `[${text}]` : `{${text}}`))
    .join("");

test("a changed word, a new one, one that went", () => {
  expect(told("Bonjour, nous sommes fermés.", "Bonjour, nous sommes ouverts.")).toBe(
    "Bonjour, nous sommes [fermés]{ouverts}.",
  );
  expect(told("Press 1 for sales.", "Press 1 for sales or 2 for help.")).toBe("Press 1 for sales{ or 2 for help}.");
  expect(told("We are very sorry.", "We are sorry.")).toBe("We are [very ]sorry.");
});

test("changed words beside each other are read as one change", () => {
  expect(told("from nine to five today", "from eight thirty today")).toBe("from [nine to five]{eight thirty} today");
});

test("a text of which nothing is left is replaced as a whole; nothing is nothing", () => {
  expect(told("Good morning and welcome", "Au revoir, à bientôt chez nous")).toBe(
    "[Good morning and welcome]{Au revoir, à bientôt chez nous}",
  );
  expect(told("", "Hello")).toBe("{Hello}");
  expect(told("Hello", "")).toBe("[Hello]");
  expect(diffWords("", "")).toEqual([]);
});

test("both texts can be read from the pieces, whatever they are", () => {
  const text = fc.array(fc.constantFrom("one", "two", "three", " ", ", ", "é", "\n", "."), { maxLength: 30 });
  fc.assert(
    fc.property(text, text, (left, right) => {
      const [before, after] = [left.join(""), right.join("")];
      const pieces = diffWords(before, after);
      const without = (kind: string) => pieces.flatMap((piece) => (piece.kind === kind ? [] : piece.text)).join("");
      expect([without("added"), without("removed")]).toEqual([before, after]);
    }),
  );
});
