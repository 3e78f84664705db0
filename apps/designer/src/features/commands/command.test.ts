import fc from "fast-check";
import { expect, test } from "vitest";
import { type Command, type CommandGroup, matching } from "./command.ts";

const command = (id: string, title: string, group: CommandGroup = "page", detail = ""): Command => ({
  ...{ id, title, group, detail, icon: null, run: () => undefined },
});
const titles = (found: readonly Command[]) => found.map(({ title }) => title);

const all = [
  command("calls", "Calls"),
  command("callbacks", "Rappels"),
  command("support", "Support", "thing", "File d’attente"),
  command("hello", "Écouter le support", "go"),
  command("publish", "Publier…", "here"),
  command("menu", "Menu", "add"),
];

test("accents and case do not matter; a title that begins with it is before one that has it inside", () => {
  expect(titles(matching(all, "ECOUTER", []))).toEqual(["Écouter le support"]);
  expect(titles(matching(all, "support", []))).toEqual(["Support", "Écouter le support"]);
  expect(titles(matching(all, "attente file", []))).toEqual(["Support"]);
  expect(matching(all, "nothing of the kind", [])).toEqual([]);
});

test("what was used last is before its equals, and not before what fits better", () => {
  const two = [command("a", "Menu one"), command("b", "Menu two"), command("c", "The menu")];
  expect(titles(matching(two, "menu", ["c", "b"]))).toEqual(["Menu two", "Menu one", "The menu"]);
});

test("with nothing typed: what was used last, what can be done here, the pages", () => {
  expect(titles(matching(all, "  ", ["menu"]))).toEqual(["Menu", "Publier…", "Calls", "Rappels"]);
});

test("whatever is typed, what is found has all of its words, and nothing stands there twice", () => {
  const words = fc.stringMatching(/^[a-z ]{0,8}$/);
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z ]{1,12}$/), { maxLength: 100 }), words, (names, typed) => {
      const found = matching(
        names.map((name, at) => command(String(at), name)),
        typed,
        ["3", "1"],
      );
      expect(new Set(found).size).toBe(found.length);
      expect(found.length).toBeLessThanOrEqual(60);
      for (const { title } of found) for (const word of typed.split(" ").filter(Boolean)) expect(title).toContain(word);
    }),
  );
});
