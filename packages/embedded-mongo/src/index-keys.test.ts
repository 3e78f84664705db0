import { describe, expect, test } from "vitest";
import { indexEntries } from "./index-keys.ts";
import { splitPath } from "./paths.ts";

const entries = (doc: object, ...paths: string[]) => {
  const found = indexEntries(
    doc,
    paths.map(splitPath),
    paths.map(() => 1),
  );
  return {
    values: found.entries.map((entry) => entry.values),
    arrays: found.arrayFields,
    allMissing: found.allMissing,
  };
};

describe("what a document puts into an index", () => {
  test("one key where there is no array; a missing field counts as null", () => {
    expect(entries({ a: 1 }, "a", "b")).toEqual({ values: [[1, null]], arrays: 0, allMissing: false });
    expect(entries({ c: 1 }, "a", "b")).toEqual({ values: [[null, null]], arrays: 0, allMissing: true });
    expect(entries({ a: { b: 5 } }, "a.b")).toEqual({ values: [[5]], arrays: 0, allMissing: false });
    expect(entries({ a: 3 }, "a.b")).toEqual({ values: [[null]], arrays: 0, allMissing: true });
  });

  test("one key an element, each once; an array within an array stands as it is", () => {
    expect(entries({ a: [1, 2, 1] }, "a").values).toEqual([[1], [2]]);
    expect(entries({ a: [[1, 2], 3] }, "a").values).toEqual([[[1, 2]], [3]]);
    expect(entries({ a: [] }, "a").values).toEqual([[undefined]]);
    expect(entries({ a: [] }, "a.b").values).toEqual([[null]]);
  });

  test("fields that share an array come from the same element", () => {
    const doc = { a: [{ b: 1, c: 2 }, { b: 3, c: 4 }, { b: 5 }], d: "x" };
    expect(entries(doc, "a.b", "d", "a.c")).toEqual({
      values: [
        [1, "x", 2],
        [3, "x", 4],
        [5, "x", null],
      ],
      arrays: 0b101,
      allMissing: false,
    });
  });

  test("a number in a path is a position", () => {
    expect(entries({ a: [{ b: 1 }, { b: 2 }] }, "a.1.b").values).toEqual([[2]]);
  });

  test("two arrays side by side are refused", () => {
    expect(() => entries({ a: [1], b: [2] }, "a", "b")).toThrow(expect.objectContaining({ code: 171 }));
    expect(() => entries({ a: [{ b: [1], c: [2] }] }, "a.b", "a.c")).toThrow(expect.objectContaining({ code: 171 }));
  });
});
