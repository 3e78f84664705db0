import fc from "fast-check";
import { expect, test } from "vitest";
import { type Doc, decode, encode } from "./bson-values.ts";
import { applyUpdate, parseUpdate } from "./update.ts";
import { applyUpdateRaw } from "./update-raw.ts";

const now = () => new Date(0);
const name = fc.constantFrom("a", "b", "c", "d", "e");
const leaf = fc.oneof(fc.integer(), fc.string({ maxLength: 5 }), fc.constant(null), fc.boolean());
const value = fc.oneof(leaf, fc.array(leaf, { maxLength: 3 }), fc.dictionary(name, leaf, { maxKeys: 3 }));
const stored = fc.dictionary(name, value, { maxKeys: 5 }).map((fields): Doc => ({ _id: "one", ...fields }));
const path = fc.oneof(
  name,
  fc.tuple(name, name).map((parts) => parts.join(".")),
);
const update = fc.oneof(
  fc.dictionary(path, value, { minKeys: 1, maxKeys: 4 }).map((set) => ({ $set: set })),
  fc.dictionary(path, fc.constant(1), { minKeys: 1, maxKeys: 3 }).map((unset) => ({ $unset: unset })),
  fc.tuple(path, leaf).map(([at, pushed]) => ({ $push: { [at]: { $each: [pushed, pushed] } } })),
  fc.tuple(path, path, leaf).map(([one, other, set]) => ({ $inc: { [one]: 1 }, $set: { [other]: set } })),
  fc.dictionary(name, value, { maxKeys: 3 }).map((replacement) => ({ ...replacement, _id: "one" })),
  fc.constant({ $set: { _id: "other" } }),
);

const outcome = (run: () => Buffer) => {
  try {
    return run().toString("hex");
  } catch (error) {
    return String(error);
  }
};

test("the bytes are those of decoding, changing and encoding the whole document; so are the refusals", () => {
  fc.assert(
    fc.property(stored, update, (before, change) => {
      const raw = encode(before);
      // What a driver sends has been through BSON: its numbers carry their type.
      const parse = () => parseUpdate(decode(encode(change)), now);
      const whole = outcome(() => encode(applyUpdate(decode(raw), parse(), false)));
      expect(outcome(() => applyUpdateRaw(raw, parse()))).toBe(whole);
    }),
    { numRuns: 3_000 },
  );
});

test("what is not touched is copied, whatever it is", () => {
  // A regular expression with flags that JavaScript has not, and a field name twice: decoding would lose either.
  const untouched = Buffer.concat([
    Buffer.from([11, 0x72, 0, 0x78, 0, 0x69, 0x78, 0]),
    Buffer.from([10, 0x74, 0]),
    Buffer.from([10, 0x74, 0]),
  ]);
  const before = encode({ _id: 1, n: 1 });
  const raw = Buffer.concat([before.subarray(0, -1), untouched, Buffer.from([0])]);
  raw.writeInt32LE(raw.length, 0);
  const after = applyUpdateRaw(raw, parseUpdate(decode(encode({ $set: { n: 2, m: 3 } })), now));
  expect(after.includes(untouched)).toBe(true);
  expect(decode(after)).toMatchObject(decode(encode({ _id: 1, n: 2, m: 3 })));
});
