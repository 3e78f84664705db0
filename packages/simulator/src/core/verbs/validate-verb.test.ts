import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalizeVerbs } from "./normalize-verbs.ts";
import { validateVerb } from "./validate-verb.ts";

/** The package has no types of its own. */
const { validate }: { readonly validate: (logger: object, list: unknown) => void } = createRequire(import.meta.url)(
  "@jambonz/verb-specifications",
);

const log = { info: () => {}, debug: () => {}, error: () => {} };

function ours(list: unknown): string {
  try {
    for (const { name, data } of normalizeVerbs(list)) validateVerb(name, data);
    return "valid";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function theirs(list: unknown): string {
  try {
    validate(log, list);
    return "valid";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant({}),
  fc.constant({ url: "https://a.example/b.wav" }),
  fc.array(fc.string(), { maxLength: 2 }),
);
const name = fc.constantFrom(
  "answer",
  "play",
  "say",
  "gather",
  "dial",
  "hangup",
  "pause",
  "sip:decline",
  "config",
  "tag",
  "redirect",
  "dtmf",
  "frobnicate",
);
const property = fc.constantFrom(
  "url",
  "text",
  "loop",
  "actionHook",
  "numDigits",
  "input",
  "timeout",
  "callerId",
  "length",
  "status",
  "reason",
  "headers",
  "notifyEvents",
  "data",
  "digits",
  "bogus",
  "id",
);

describe("verbs are checked as jambonz checks them", () => {
  test("with the words of its own package, for any properties", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ name, properties: fc.dictionary(property, value, { maxKeys: 4 }) }), { maxLength: 3 }),
        (verbs) => {
          const list = verbs.map((verb) => ({ verb: verb.name, ...verb.properties }));
          expect(ours(list)).toBe(theirs(list));
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    [{ verb: "sip:decline", status: 486 }],
    [["play"]],
    [
      [
        {
          verb: "dial",
          target: [{ type: "sip", sipUri: "sip:a@b.example" }],
          listen: { url: "ws://a.example", mixType: "both" },
        },
      ],
    ],
    [[{ verb: "dial", target: [{ type: "sip", colour: "red" }] }]],
    [[{ play: { url: "a.wav" } }, { hangup: {} }]],
    [[{ a: 1, b: 2 }]],
  ])("%j", (list) => {
    expect(ours(list)).toBe(theirs(list));
  });

  test("both forms of a list become the same verbs", () => {
    const list = [
      { play: { url: "a.wav" } },
      { verb: "stream", url: "ws://a.example" },
      { verb: "openai_s2s", model: "m" },
    ];
    expect(normalizeVerbs(list)).toEqual([
      { name: "play", data: { url: "a.wav" } },
      { name: "listen", data: { url: "ws://a.example" } },
      { name: "llm", data: { vendor: "openai", model: "m" } },
    ]);
  });
});
