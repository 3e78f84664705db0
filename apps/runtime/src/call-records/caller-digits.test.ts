import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digitsAsked, digitsOf, gramsOf, hasDigits } from "./caller-digits.ts";

const finds = (written: string, number: string, country = "FR") => {
  const asked = digitsAsked(written, country);
  const digits = digitsOf(number);
  const found = hasDigits(digits, asked);
  // What is found by comparing must be found by the index.
  if (found) expect(asked.some(({ gram }) => gramsOf(digits).includes(gram))).toBe(true);
  return found;
};

describe("a number is found", () => {
  test.each([
    "+33612345678",
    "+33 6 12 34 56 78",
    "0033612345678",
    "06 12 34 56 78",
    "06.12.34.56.78",
    "612345678",
    "06 12 34",
    "0033 6 12",
    "5678",
    "3456",
    "345678",
  ])("by %s", (written) => expect(finds(written, "+33612345678")).toBe(true));

  test("by a part that begins with a nought", () => expect(finds("0678", "+33612340678")).toBe(true));
  test("of another country, by the number as it is there", () => {
    expect(finds("+44 20 7946 0018", "+442079460018")).toBe(true);
    expect(finds("7946 0018", "+442079460018")).toBe(true);
    expect(finds("020 7946 0018", "+442079460018", "GB")).toBe(true);
  });
  test("of an extension", () => expect(finds("101", "101")).toBe(true));
});

describe("a number is not found", () => {
  test.each(["06 12 34 56 79", "0799", "345679", "78 56"])("by %s", (written) =>
    expect(finds(written, "+33612345678")).toBe(false),
  );
  test("by fewer than four digits of it", () => expect(finds("567", "+33612345678")).toBe(false));
  test("when it is hidden", () => expect(hasDigits(digitsOf(null), digitsAsked("5678", "FR"))).toBe(false));
  test("by what has no digit", () => expect(digitsAsked("Martin", "FR")).toEqual([]));
});

test("any four digits in a row and more find it, by the index too", () => {
  const number = fc.stringMatching(/^\+33[1-9]\d{8}$/);
  fc.assert(
    fc.property(number, fc.nat(7), fc.nat(8), (e164, from, length) => {
      const part = e164.slice(1).slice(from, from + 4 + length);
      return part.length < 4 || finds(part, e164);
    }),
  );
});
