import fc from "fast-check";
import { type TSchema, Type } from "typebox";
import { Value } from "typebox/value";
import { expect, test } from "vitest";
import * as schemas from "./message-schemas.ts";
import { surelyFits } from "./surely-fits.ts";

const words = ["call_sid", "type", "msgid", "hook", "data", "to", "from", "direction", "event", "id", "name", "digits"];
const more = ["call_status", "account_sid", "sip_status", "duration", "sip", "headers", "parent_call_sid", "status"];
const value = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: "binary", maxLength: 6 }) },
  fc.constantFrom<unknown>(
    "inbound",
    "outbound",
    "",
    null,
    undefined,
    "x".repeat(128),
    "x".repeat(129),
    "é".repeat(64),
  ),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.array(fc.string(), { maxLength: 2 }),
  fc.dictionary(fc.constantFrom("headers", "a"), fc.oneof(fc.string(), fc.constant({})), { maxKeys: 2 }),
);
const message = fc.oneof(value, fc.dictionary(fc.constantFrom(...words, ...more), value, { maxKeys: 12 }));

test.each(Object.entries(schemas))("%s: what surely fits, fits", (_name, schema) => {
  const surely = surelyFits(schema);
  fc.assert(
    fc.property(message, (given) => {
      if (surely(given)) expect(Value.Check(schema, given)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("what jambonz sends is certain at the first look", () => {
  const own = { call_sid: "c1", direction: "inbound", from: "+33142278186", to: "+33970170170", account_sid: "acc-1" };
  const looks: readonly (readonly [TSchema, object])[] = [
    [
      schemas.EnvelopeSchema,
      { type: "verb:hook", msgid: "m1", call_sid: "c1", hook: "/e/1/play", data: own, b3: "0-0-1" },
    ],
    [
      schemas.SessionSchema,
      { ...own, caller_name: "", sip: { headers: { via: "x" }, body: "" }, application_sid: null },
    ],
    [schemas.CallStatusSchema, { ...own, call_status: "completed", sip_status: 200, duration: 14 }],
    [schemas.PlayHookSchema, { ...own, reason: "playCompleted" }],
    [schemas.CollectHookSchema, { ...own, digits: "1", reason: "dtmfDetected" }],
    [schemas.DialHookSchema, { ...own, dial_call_status: "completed", dial_sip_status: 200, dial_call_sid: "c2" }],
    [schemas.VerbStatusSchema, { event: "starting", id: "e1", name: "play" }],
    [schemas.ErrorSchema, { msg: "TTS error", details: "no vendor", verb: "say", id: "e3" }],
  ];
  for (const [schema, given] of looks) expect(surelyFits(schema)(given), JSON.stringify(given)).toBe(true);
});

test("a word of a schema that it does not know is never certain", () => {
  expect(surelyFits(Type.String({ pattern: "^a" }))("a")).toBe(false);
  expect(surelyFits(Type.Object({ a: Type.Integer() }))({ a: 1 })).toBe(false);
  expect(surelyFits(Type.Object({}, { additionalProperties: false }))({})).toBe(false);
  expect(surelyFits(Type.Unknown())({ a: 1 })).toBe(true);
});
