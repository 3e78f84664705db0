import { expect, test } from "vitest";
import { numbersIn } from "./numbers-in.ts";

test("numbers are found wherever they stand, each once; what only looks like one is none", () => {
  const before = { to: { number: "+33612345678" }, note: "call +33612345679" };
  const after = { numbers: ["+33612345678", "+44"], rev: 33612345678, none: null };
  expect(numbersIn(["+33123456789", before, after, null])).toEqual(["+33123456789", "+33612345678"]);
});
