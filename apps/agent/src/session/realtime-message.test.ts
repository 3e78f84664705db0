import { expect, test } from "vitest";
import { isServerMessage } from "./realtime-message.ts";

test("messages of another version or of an unknown type are not read", () => {
  expect(isServerMessage({ v: 1, type: "sessionEnded" })).toBe(true);
  for (const strange of [{ v: 2, type: "view" }, { v: 1, type: "balloon" }, { type: "view" }, null, "view", 7])
    expect(isServerMessage(strange)).toBe(false);
});
