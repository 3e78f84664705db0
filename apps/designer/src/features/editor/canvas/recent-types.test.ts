import { afterEach, expect, test, vi } from "vitest";
import { recentTypes, rememberType } from "./recent-types.ts";

afterEach(() => vi.unstubAllGlobals());

test("the types added last, the newest first, each once, four at most", () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  });
  for (const type of ["play", "menu", "play", "hunt", "hangup", "set"]) rememberType(type);
  expect(recentTypes()).toEqual(["set", "hangup", "hunt", "play"]);
});

test("a browser that keeps nothing only forgets them", () => {
  const refuses = () => {
    throw new Error("denied");
  };
  vi.stubGlobal("localStorage", { getItem: refuses, setItem: refuses });
  rememberType("play");
  expect(recentTypes()).toEqual([]);
});
