import type { DocumentFacts } from "@cordboard/flow-schema";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkExpression, compileExpression, type ExpressionScope, expressionVariables } from "./expression.ts";

const scope: ExpressionScope = {
  variables: { tries: 3, half: 2.5, word: "abc", yes: true },
  call: { callerNumber: "+331", callerHidden: false },
};
const facts: DocumentFacts = {
  languages: ["fr-FR"],
  variables: {
    tries: { type: "number" },
    half: { type: "number" },
    word: { type: "string" },
    yes: { type: "boolean" },
  },
};
const value = (source: string) => {
  const result = compileExpression(source)(scope);
  return result.ok ? result.value : `failed: ${result.reason}`;
};
const codes = (source: string, returns?: "string" | "number" | "boolean") =>
  checkExpression(source, facts, returns ? { pointer: "", returns } : { pointer: "" }).map(({ code }) => code);

describe("numbers are numbers to the author", () => {
  test.each([
    ["tries + 1", 4],
    ["tries * half", 7.5],
    ["half + 1", 3.5],
    ["tries / 2", 1],
    ["tries / 2.0", 1.5],
    ["tries == 3 && half > 2", true],
    ["tries > half", true],
    ["-tries", -3],
    ["tries % 2", 1],
    ["double(tries)", 3],
    ["int(half)", 2],
  ])("%s is %s", (source, expected) => {
    expect(value(source)).toBe(expected);
    expect(codes(source)).toEqual([]);
  });
  test("what is too large to be exact is no value", () => {
    expect(value("9007199254740991 + 1")).toBe("failed: no usable value");
    expect(value("9007199254740990 + 1")).toBe(9_007_199_254_740_991);
    expect(value("half / 0.0")).toBe("failed: no usable value");
  });
});

describe("what authors may write", () => {
  test.each([
    ['word == "abc" ? "x" : "y"', "x"],
    ['word.startsWith("a") && !word.contains("z")', true],
    ["size(word)", 3],
    ['word.substring(1) + "!"', "bc!"],
    ['["a", "abc"].exists(w, w == word)', true],
    ["[1, 2, 3].filter(n, n > 1).size()", 2],
    ['"abc" in ["x", word]', true],
    ["call.callerNumber", "+331"],
    ["string(tries)", "3"],
  ])("%s is %s", (source, expected) => {
    expect(value(source)).toBe(expected);
    expect(codes(source)).toEqual([]);
  });
});

describe("what is refused, before publishing and when it runs all the same", () => {
  test.each([
    ['word.matches("(a+)+$")', "expressionFunction"],
    ["[1].map(x, [2].map(y, y)).size()", "expressionFunction"],
    ['word.split("").size()', "expressionFunction"],
    ['timestamp("2026-01-01T00:00:00Z").getHours()', "expressionFunction"],
    ["bytes(word).size()", "expressionFunction"],
    ["cel.bind(x, word, x + x)", "expressionFunction"],
  ])("%s", (source, code) => {
    expect(codes(source)).toEqual([code]);
    expect(value(source)).toMatch(/^failed: .* not allowed$/);
  });

  test.each([
    ["", "expressionEmpty"],
    ["tries +", "expressionSyntax"],
    ["nobody + 1", "expressionVariable"],
    ["word + 1", "expressionType"],
    ["call.nobody", "expressionType"],
    ["[1, 2]", "expressionResult"],
    [`"${"x".repeat(1_001)}"`, "expressionTooLong"],
    [Array.from({ length: 150 }, () => "1").join(" + "), "expressionSyntax"],
    [`${"(".repeat(60)}1${")".repeat(60)}`, "expressionSyntax"],
  ])("%s", (source, code) => {
    expect(codes(source)).toEqual([code]);
  });

  test("a result of another type than is needed", () => {
    expect(codes("tries", "boolean")).toEqual(["expressionResult"]);
    expect(codes("tries > 1", "boolean")).toEqual([]);
    expect(codes("half", "number")).toEqual([]);
  });

  test("names that a loop binds are its own", () => {
    expect(codes("[1, 2].exists(x, x == tries)")).toEqual([]);
    expect(codes("[1, 2].exists(x, true) && x == 1")).toEqual(["expressionVariable"]);
    expect([...expressionVariables("[1].exists(word, word == tries) && yes")].sort()).toEqual(["tries", "yes"]);
  });

  test("texts do not grow without bound", () => {
    const long = compileExpression("word + word")({ ...scope, variables: { word: "x".repeat(3_000) } });
    expect(long).toEqual({ ok: false, reason: "no usable value" });
  });

  test("the members of JavaScript objects are out of reach", () => {
    expect(value("call.constructor")).toMatch(/^failed/);
    expect(value("call.__proto__")).toMatch(/^failed/);
    expect(value("word.constructor")).toMatch(/^failed/);
    expect(codes("call.constructor")).toEqual(["expressionType"]);
    expect(codes("constructor")).toEqual(["expressionVariable"]);
  });
});

test("whatever is written, reading, checking and asking never throw", () => {
  const piece = fc.constantFrom(
    ..."tries|half|word|yes|call|.|callerNumber|+|-|*|/|==|<|&&|?|:|(|)|[|]|1|2.5|'x'|\"|map|exists|,|x|!|in|null|{|}|\\".split(
      "|",
    ),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece, { maxLength: 20 }).map((all) => all.join(" ")),
        fc.string(),
      ),
      (source) => {
        const problems = checkExpression(source, facts, { pointer: "/x" });
        for (const { message } of problems) expect(message.fr).not.toBe(message.en);
        const result = compileExpression(source)(scope);
        // What was checked without a problem may still fail (a division by zero), but never for a name or a type of operator.
        if (problems.length === 0 && !result.ok) expect(result.reason).not.toMatch(/Unknown variable|not allowed/);
      },
    ),
    { numRuns: 1_000 },
  );
});
