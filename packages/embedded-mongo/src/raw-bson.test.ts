import fc from "fast-check";
import { expect, test } from "vitest";
import { bsonValues } from "../test/support/bson-arbitrary.ts";
import { decode, encode } from "./bson-values.ts";
import { dropFields, pickFields, rawDocument, rawElements, withIdFirst } from "./raw-bson.ts";

const documents = fc.dictionary(fc.constantFrom("_id", "a", "b", "c", "dé"), bsonValues, { maxKeys: 5 });
const names = fc.subarray(["_id", "a", "b", "c", "dé", "nowhere"]).map((picked) => new Set(picked));

test("picking and dropping raw fields is what decoding would have given", () => {
  fc.assert(
    fc.property(documents, names, (doc, wanted) => {
      const raw = encode(doc);
      const entries = Object.entries(decode(raw));
      expect(decode(pickFields(raw, wanted))).toEqual(Object.fromEntries(entries.filter(([name]) => wanted.has(name))));
      expect(decode(dropFields(raw, wanted))).toEqual(
        Object.fromEntries(entries.filter(([name]) => !wanted.has(name))),
      );
    }),
  );
});

test("_id comes first and everything else stays as it was", () => {
  fc.assert(
    fc.property(documents, (doc) => {
      const raw = withIdFirst(encode(doc));
      expect(rawElements(raw)[0]?.name).toBe("_id");
      expect(decode(dropFields(raw, new Set(["_id"])))).toEqual(decode(dropFields(encode(doc), new Set(["_id"]))));
      if ("_id" in doc) expect(decode(raw)._id).toEqual(decode(encode(doc))._id);
    }),
  );
});

test("bytes that are no document are refused, never read beyond", () => {
  const raw = encode({ a: "text", b: [1, 2] });
  fc.assert(
    fc.property(fc.nat({ max: raw.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, byte) => {
      const broken = Buffer.from(raw);
      broken[at] = byte;
      try {
        const elements = rawElements(broken);
        for (const { end } of elements) expect(end).toBeLessThan(broken.length);
      } catch (error) {
        expect(String(error)).toContain("invalid BSON document");
      }
    }),
  );
  expect(() => rawElements(raw.subarray(0, 9))).toThrow("invalid BSON document");
  expect(() => rawElements(rawDocument([Buffer.from([2, 97, 0, 255, 255, 255, 127])]))).toThrow(
    "invalid BSON document",
  );
});
