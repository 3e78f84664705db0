import fc from "fast-check";
import { expect, test } from "vitest";
import { toldValues } from "./told-values.ts";

test("of a change only what differs is told", () => {
  const before = { _id: "q", companyId: "co", rev: 1, name: "Sales", offerMs: 20_000, operatorIds: ["a"] };
  const after = { ...before, rev: 2, offerMs: 10_000, operatorIds: ["a", "b"] };
  expect(toldValues(before, after)).toEqual({
    before: { offerMs: 20_000, operatorIds: ["a"] },
    after: { offerMs: 10_000, operatorIds: ["a", "b"] },
  });
});

test("a secret shows that it changed, and nothing of itself, however deep it lies", () => {
  const before = { passwordHash: "one", target: { kind: "sip", apiKey: "k1", password: "p1" } };
  const after = { passwordHash: "two", target: { kind: "sip", apiKey: "k2", password: "p2" } };
  expect(toldValues(before, after)).toEqual({
    before: { passwordHash: "•••", target: { kind: "sip", apiKey: "•••", password: "•••" } },
    after: { passwordHash: "•••", target: { kind: "sip", apiKey: "•••", password: "•••" } },
  });
});

test("no secret is ever in what is told", () => {
  const name = fc.constantFrom("password", "passwordHash", "apiKey", "clientSecret", "accessToken", "name", "url");
  const leaf = fc.constantFrom("HIDDEN-VALUE-1", "HIDDEN-VALUE-2");
  const value = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie("value"), { maxLength: 3 }), fc.dictionary(name, tie("value"))),
  })).value;
  const secretsOnly = (given: unknown): unknown => {
    if (typeof given === "string") return "plain";
    if (Array.isArray(given)) return given.map(secretsOnly);
    if (typeof given !== "object" || given === null) return given;
    return Object.fromEntries(
      Object.entries(given).map(([key, member]) => [key, /^(name|url)$/.test(key) ? secretsOnly(member) : member]),
    );
  };
  const thing = fc.dictionary(name, value).map((given) => Object(secretsOnly(given)));
  fc.assert(
    fc.property(fc.option(thing), fc.option(thing), (before, after) => {
      expect(JSON.stringify(toldValues(before, after))).not.toContain("HIDDEN");
    }),
  );
});

test("what is long is told by its length", () => {
  expect(toldValues(null, { text: "x".repeat(10_000) })).toEqual({ before: null, after: { text: "… (10002)" } });
});
