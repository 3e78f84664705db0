import { afterEach, expect, test, vi } from "vitest";
import { recentCommands, rememberCommand } from "./recent-commands.ts";

afterEach(() => vi.unstubAllGlobals());

test("the newest first, each once, and not without end", () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  });
  expect(recentCommands()).toEqual([]);
  for (const id of "abcdefghijb") rememberCommand(id);
  expect(recentCommands()).toEqual([..."bjihgfed"]);
  for (const name of kept.keys()) kept.set(name, '{"no":"list"}');
  expect(recentCommands()).toEqual([]);
});

test("a browser that keeps nothing has none, and nothing fails", () => {
  const refuses = () => {
    throw new Error("no store here");
  };
  vi.stubGlobal("localStorage", { getItem: refuses, setItem: refuses });
  rememberCommand("a");
  expect(recentCommands()).toEqual([]);
});
