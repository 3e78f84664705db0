import { expect, test } from "vitest";
import { offerKey, type Press } from "./offer-key.ts";

const press = (key: string, part: Partial<Press> = {}): Press => ({
  key,
  repeat: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  tag: "section",
  type: "",
  dialogOpen: false,
  ...part,
});

test("Enter accepts and Escape refuses wherever nothing else wants the key", () => {
  expect(offerKey(press("Enter"))).toBe("accept");
  expect(offerKey(press("Escape"))).toBe("refuse");
  expect(offerKey(press("Enter", { tag: "input", type: "checkbox" }))).toBe("accept");
  expect(offerKey(press("Escape", { tag: "button" }))).toBe("refuse");
  expect(offerKey(press("a"))).toBeNull();
});

test("Enter on a button or a link is theirs: with the focus on Refuse it must not accept", () => {
  for (const tag of ["button", "a", "select", "textarea"]) expect(offerKey(press("Enter", { tag }))).toBeNull();
  for (const key of ["Enter", "Escape"]) expect(offerKey(press(key, { tag: "input", type: "password" }))).toBeNull();
});

test("a key that is held down, comes with another, or is meant for a dialog answers no call", () => {
  for (const part of [{ repeat: true }, { ctrlKey: true }, { altKey: true }, { metaKey: true }, { dialogOpen: true }])
    for (const key of ["Enter", "Escape"]) expect(offerKey(press(key, part))).toBeNull();
});
