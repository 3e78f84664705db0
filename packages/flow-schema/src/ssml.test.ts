import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ssmlMarks, ssmlProblem, valuesFor, withMark } from "./ssml.ts";

describe("marks for the voice", () => {
  test.each([
    ["Bonjour, 3 < 4 & plus", null],
    ["<speak>Bonjour</speak>", null],
    ['<speak version="1.1">Un <break time="1s"/> deux &amp; trois</speak> ', null],
    ["<speak>{{ a < b && c }}</speak>", null],
    ["<speak>Bonjour", ["ssmlUnclosed", 0]],
    ["<speak>Un <emphasis>deux</speak>", ["ssmlUnopened", 24]],
    ["<speak>Un</emphasis></speak>", ["ssmlUnopened", 9]],
    ["<speak>3 < 4</speak>", ["ssmlBroken", 9]],
    ["<speak><break time=1s/></speak>", ["ssmlBroken", 7]],
    ["<speak>Durand & fils</speak>", ["ssmlAmpersand", 14]],
    ["<speak>Un</speak> deux", ["ssmlOutside", 18]],
  ])("%s", (text, wanted) => {
    const found = ssmlProblem(text);
    expect(found && [found.code, found.at]).toEqual(wanted);
  });

  test("what is put in by a button is never broken, and the words stay chosen", () => {
    const mark = fc.constantFrom(...(Object.keys(ssmlMarks) as (keyof typeof ssmlMarks)[]));
    const plain = fc.string().map((text) => text.replace(/[<&{}]/g, "x"));
    fc.assert(
      fc.property(
        plain,
        fc.array(mark, { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.nat(),
        (text, marks, one, other) => {
          const ends = [one % (text.length + 1), other % (text.length + 1)].sort((a, b) => a - b);
          const [from = 0, to = 0] = ends;
          const words = text.slice(from, to);
          const after = marks.reduce((now, each) => withMark(now.text, each, now), { text, from, to });
          expect(ssmlProblem(after.text)).toBeNull();
          if (!marks.includes("pause")) expect(after.text.slice(after.from, after.to)).toBe(words);
        },
      ),
    );
  });
});

test("the signs of a value are no marks in a text that has some, and stay as they are in another", () => {
  const values = { name: "Durand & <fils>" };
  expect(valuesFor("<speak>{{ name }}</speak>", values)).toEqual({ name: "Durand &amp; &lt;fils&gt;" });
  expect(valuesFor("{{ name }}", values)).toEqual(values);
});
