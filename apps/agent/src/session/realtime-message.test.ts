import { expect, test } from "vitest";
import { isServerMessage } from "./realtime-message.ts";

test("messages of another version or of an unknown type are not read", () => {
  for (const type of ["sessionEnded", "voicemail", "callbacks"]) expect(isServerMessage({ v: 1, type })).toBe(true);
  for (const strange of [{ v: 2, type: "view" }, { v: 1, type: "balloon" }, { type: "view" }, null, "view", 7])
    expect(isServerMessage(strange)).toBe(false);
});
