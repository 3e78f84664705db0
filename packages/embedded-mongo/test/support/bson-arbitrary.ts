import { Binary, Double, Int32, Long, ObjectId, Timestamp } from "bson";
import fc from "fast-check";

const doubles = fc
  .oneof(fc.double(), fc.constantFrom(0, -0, 1, -1, 2 ** 53, 2 ** 63, -(2 ** 63), Number.MAX_VALUE, Number.MIN_VALUE))
  .map((value) => new Double(value));
const longs = fc
  .oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }))
  .map((value) => Long.fromBigInt(value));
const ints = fc.oneof(fc.integer(), fc.integer({ min: -2, max: 2 })).map((value) => new Int32(value));

export const numbers = fc.oneof(doubles, longs, ints);

/** Strings with what is hard to sort: zero characters, letters beyond ASCII, surrogate pairs beside U+FFFF. */
export const strings = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc
    .array(fc.constantFrom("a", "b", "\0", "é", "\uffff", "\u{1f600}", "\ud7ff", "\ue000"), { maxLength: 4 })
    .map((parts) => parts.join("")),
);

const scalars = fc.oneof(
  { weight: 4, arbitrary: numbers },
  { weight: 4, arbitrary: strings },
  fc.constant(null),
  fc.boolean(),
  fc.date({ noInvalidDate: true, min: new Date(-8e12), max: new Date(8e12) }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc
    .tuple(fc.uint8Array({ maxLength: 4 }), fc.constantFrom(0, 5, 128))
    .map(([bytes, subtype]) => new Binary(bytes, subtype)),
  fc.tuple(fc.nat(), fc.nat()).map(([t, i]) => new Timestamp({ t, i })),
);

/** Field names that JavaScript does not reorder (not whole numbers). */
const names = fc.constantFrom("a", "b", "c", "aa", "", "é", "x\u{1f600}");

/** Any value of the types that the store compares, nested up to three deep. */
export const bsonValues = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 6, arbitrary: scalars },
    { weight: 1, arbitrary: fc.array(tie("value"), { maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc
        .uniqueArray(fc.tuple(names, tie("value")), { maxLength: 3, selector: ([name]) => name })
        .map((fields) => Object.fromEntries(fields)),
    },
  ),
})).value;
