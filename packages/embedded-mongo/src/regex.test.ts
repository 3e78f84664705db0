import { describe, expect, test } from "vitest";
import { compileRegex } from "./regex.ts";

describe("a pattern means in JavaScript what it means in PCRE", () => {
  test.each<[string, string, string, boolean]>([
    ["^33", "", "+33", false],
    ["^\\+33", "", "+33 1", true],
    ["dupont$", "i", "Mme DUPONT", true],
    ["a$", "", "a\n", true],
    ["a$", "", "a\nb", false],
    ["a$", "m", "a\nb", true],
    ["^b", "m", "a\nb", true],
    ["^b", "m", "a\rb", false],
    ["a.b", "", "a\rb", true],
    ["a.b", "", "a\nb", false],
    ["a.b", "s", "a\nb", true],
    ["a\\sb", "", "a\u00a0b", false],
    ["a\\sb", "", "a\tb", true],
    ["[\\s-]", "", "-", true],
    ["\\-\\/\\@", "", "-/@", true],
    ["[a\\-z]", "", "b", false],
    ["x{2}", "", "xx", true],
    ["x{", "", "x{", true],
    ["[]x]", "", "]", true],
    ["(?:ab)+c", "", "ababc", true],
    ["\\bpain\\b", "", "du pain.", true],
    ["é.", "", "é\u{1f600}", true],
  ])("/%s/%s on %j: %s", (pattern, options, text, expected) => {
    expect(compileRegex(pattern, options).test(text)).toBe(expected);
  });

  test.each(["\\A", "\\h", "(?i)x", "a++", "[[:alpha:]]", "(?P<n>x)", "\\R", "[\\S]"])(
    "%s is refused instead of being read as something else",
    (pattern) => {
      expect(() => compileRegex(pattern, "")).toThrow(expect.objectContaining({ code: 51091 }));
    },
  );
});
