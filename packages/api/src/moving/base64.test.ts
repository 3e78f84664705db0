import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase64, toBase64 } from "./base64.ts";

test("any bytes come back, also more than are written at once", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }),
  );
  const long = Uint8Array.from({ length: 100_001 }, (_, at) => at % 251);
  expect(fromBase64(toBase64(long))).toEqual(long);
});

test("what is no base64 is said to be none", () => {
  expect(fromBase64("no base64 at all!")).toBeNull();
});
