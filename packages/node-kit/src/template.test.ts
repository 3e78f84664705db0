import { describe, expect, test } from "vitest";
import { compileExpression, type ExpressionScope } from "./expression.ts";
import { formatValue } from "./format-value.ts";
import { checkTemplate, fillTemplate, templatePlaces, templateValues } from "./template.ts";

const scope: ExpressionScope = {
  variables: { name: "Zoé", wait: 150_000, none: "" },
  call: { callerNumber: "+33142" },
};
const context = { language: "fr-FR", timeZone: "Europe/Paris" };
/** French puts spaces there that do not break. */
const plain = (text: string) => text.replaceAll(/\s/g, " ");
const filled = (text: string) => {
  const { values, failed } = templateValues(text, scope, context, compileExpression);
  return { text: plain(fillTemplate(text, values)), failed: failed.map(({ source }) => source) };
};

test("places are worked out, formatted, and filled in", () => {
  expect(filled("Bonjour {{ name }}, {{call.callerNumber|digits}}, {{ wait | duration }}.")).toEqual({
    text: "Bonjour Zoé, + 3 3 1 4 2, 2 minutes 30 secondes.",
    failed: [],
  });
});

test("the last single bar parts the format; || is the expression's", () => {
  expect(templatePlaces("{{ a || b }} {{ a || b | digits }} {{ 'x|y' }}")).toEqual([
    { source: "a || b", expression: "a || b", format: null },
    { source: "a || b | digits", expression: "a || b", format: "digits" },
    { source: "'x|y'", expression: "'x|y'", format: null },
  ]);
});

test("what cannot be worked out is empty, and named", () => {
  expect(filled("a{{ nobody }}b")).toEqual({ text: "ab", failed: ["nobody"] });
});

test("a value with braces in it is not worked out again", () => {
  expect(fillTemplate("{{ x }}", { x: "{{ x }}{{ y }}" })).toBe("{{ x }}{{ y }}");
  expect(fillTemplate("{{ constructor }}", {})).toBe("");
});

test("secrets, unknown formats, open braces and unknown variables are found", () => {
  const facts = {
    languages: [],
    variables: { pin: { type: "string", secret: true }, name: { type: "string" } },
  } as const;
  const codes = (text: string) => checkTemplate(text, facts, "/p").map(({ code }) => code);
  expect(codes("{{ name | digits }} and {{ call.lineName }}")).toEqual([]);
  expect(codes("{{ pin }}")).toEqual(["secretShown"]);
  expect(codes("{{ size(pin) > 3 }}")).toEqual(["secretShown"]);
  expect(codes("{{ name | loud }}")).toEqual(["templateFormat"]);
  expect(codes("{{ name")).toEqual(["templateUnclosed"]);
  expect(codes("{{ nobody }}")).toEqual(["expressionVariable"]);
});

describe("formats, in both languages", () => {
  const en = { language: "en-GB", timeZone: "Europe/London" };
  test.each([
    ["digits", "01 42", "0 1 4 2", "0 1 4 2"],
    ["date", "2026-09-07", "lundi 7 septembre 2026", "Monday 7 September 2026"],
    ["date", Date.UTC(2026, 8, 6, 22, 30), "lundi 7 septembre 2026", "Sunday 6 September 2026"],
    ["date", "soon", "soon", "soon"],
    ["duration", 1_000, "1 seconde", "1 second"],
    ["duration", 3_720_000, "1 heure 2 minutes", "1 hour 2 minutes"],
    ["duration", 0, "0 seconde", "0 seconds"],
    ["duration", "x", "x", "x"],
  ] as const)("%s of %s", (format, value, french, english) => {
    expect(plain(formatValue(value, format, context))).toBe(french);
    // Where a language puts a comma after the day's name, it depends on the age of its data.
    expect(formatValue(value, format, en).replace(",", "")).toBe(english);
  });
});
