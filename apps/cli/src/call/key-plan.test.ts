import { expect, test } from "vitest";
import { followPlan, readKeyPlan } from "./key-plan.ts";

test("keys are read one entry for each thing heard; what is no key is refused", () => {
  expect(readKeyPlan("1,2")).toEqual(["1", "2"]);
  expect(readKeyPlan("1, ,0142860009#")).toEqual(["1", "", "0142860009#"]);
  expect(readKeyPlan("")).toEqual([""]);
  for (const wrong of ["one", "1;2", "1,A", "1,2-3"]) expect(readKeyPlan(wrong)).toBeNull();
});

test("each thing that is heard takes the next entry; silence and a sound that goes on take none", () => {
  const due = followPlan(["1", "", "2#"]);
  expect([null, "welcome", "welcome", null, "language", "menu", "menu", "music"].map(due)).toEqual([
    null,
    "1",
    null,
    null,
    null,
    "2#",
    null,
    null,
  ]);
});
