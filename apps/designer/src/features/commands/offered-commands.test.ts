import { expect, test } from "vitest";
import type { Command } from "./command.ts";
import { createOfferedCommands } from "./offered-commands.ts";

const command = (id: string): Command => ({ id, group: "here", title: id, icon: null, run: () => undefined });

test("what a page offers is there as long as the page is", () => {
  const offered = createOfferedCommands();
  const shown = () => offered.store.getState().commands.map(({ id }) => id);
  const first = offered.offer([command("a"), command("b")]);
  const second = offered.offer([command("c")]);
  expect(shown()).toEqual(["a", "b", "c"]);
  first();
  expect(shown()).toEqual(["c"]);
  second();
  expect(shown()).toEqual([]);
});
