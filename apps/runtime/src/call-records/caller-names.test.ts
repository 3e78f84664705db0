import { expect, test } from "vitest";
import { isNamed, nameAsked, nameBeginnings, nameKey } from "./caller-names.ts";

const found = (name: string, written: string) => {
  const asked = nameAsked(written);
  const key = nameKey(name);
  return asked !== null && nameBeginnings(key).includes(asked.beginning) && isNamed(key, asked);
};

test("a name is found by the beginnings of its words, in any order, whatever the accents", () => {
  for (const written of ["hel", "HÉLÈNE", "lefevre hél", "Le Hel", "  d'Arc "]) {
    expect(found("Hélène Lefèvre d’Arc", written), written).toBe(true);
  }
  for (const written of ["elene", "Hélène Dupont", "helenes"])
    expect(found("Hélène Lefèvre", written), written).toBe(false);
});

test("too few letters are not looked for, and who has no name is not found", () => {
  expect(nameAsked("h")).toBeNull();
  expect(nameAsked(" - ")).toBeNull();
  expect(nameKey("  ")).toBeNull();
  expect(nameBeginnings(nameKey(null))).toEqual([]);
  expect(nameBeginnings(nameKey("Al Bo Cécile"))).toEqual(["al", "bo", "ce", "cec"]);
});
