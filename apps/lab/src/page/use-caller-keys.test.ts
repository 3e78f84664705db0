import { expect, test } from "vitest";
import { telephoneKey } from "./use-caller-keys.ts";

const plain = { ctrlKey: false, altKey: false, metaKey: false, repeat: false };

test("the keyboard's digits, star and hash are the telephone's keys", () => {
  for (const key of "0123456789*#") expect(telephoneKey({ ...plain, key })).toBe(key);
});

test("letters, the browser's shortcuts and a key held down press nothing", () => {
  for (const key of ["a", "Enter", "F5", "+", "12"]) expect(telephoneKey({ ...plain, key }), key).toBeNull();
  for (const held of ["ctrlKey", "altKey", "metaKey", "repeat"] as const)
    expect(telephoneKey({ ...plain, key: "1", [held]: true }), held).toBeNull();
});
