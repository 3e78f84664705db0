import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contrast } from "./contrast.ts";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const grounds = ["ground", "surface", "raised"];
const tints = ["accent-tint", "info-tint", "warning-tint", "danger-tint"];
const texts = [
  "ink",
  "ink-2",
  "accent",
  "say",
  "ask",
  "route",
  "wait",
  "end",
  "brass",
  "info",
  "ok",
  "warning",
  "danger",
];
const themes = ["light", "dark"] as const;

describe.each(themes)("in the %s theme", (theme) => {
  const on = (front: string, back: string) => contrast(colour(front, theme), colour(back, theme));

  test.each(texts)("%s can be read on every ground", (text) => {
    for (const ground of grounds) expect(on(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  });

  test.each(tints)("ink can be read on %s, and so can the links and the meaning's own colour", (tint) => {
    const meaning = tint.replace("-tint", "");
    for (const text of ["ink", "ink-2", "accent", meaning]) expect(on(text, tint), text).toBeGreaterThanOrEqual(4.5);
  });

  test("what is written on a filled button can be read", () => {
    expect(on("on-accent", "accent")).toBeGreaterThanOrEqual(4.5);
    expect(on("on-danger", "danger")).toBeGreaterThanOrEqual(4.5);
  });

  test("the edges of controls and the focus ring can be seen on every ground and tint", () => {
    for (const back of [...grounds, ...tints]) {
      expect(on("line-strong", back), `line-strong on ${back}`).toBeGreaterThanOrEqual(3);
      expect(on("accent", back), `focus on ${back}`).toBeGreaterThanOrEqual(3);
    }
  });

  test("every operator state's lamp can be seen on every ground and tint", () => {
    const states = [...css.matchAll(/--cb-state-[\w-]+: var\(--cb-([\w-]+)\)/g)].map((match) => match[1]!);
    expect(states).toHaveLength(9);
    for (const state of states) {
      for (const back of [...grounds, ...tints])
        expect(on(state, back), `${state} on ${back}`).toBeGreaterThanOrEqual(3);
    }
  });
});

test("every token that a style sheet of this package uses exists", () => {
  const defined = new Set([...css.matchAll(/^\s*(--cb-[\w-]+):/gm)].map((match) => match[1]));
  const folder = new URL("./", import.meta.url);
  const sheets = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".css"));
  expect(sheets.length).toBeGreaterThan(10);
  for (const path of sheets) {
    const sheet = readFileSync(new URL(path, folder), "utf8");
    const local = new Set([...sheet.matchAll(/(--cb-[\w-]+):/g)].map((match) => match[1]));
    for (const [, used] of sheet.matchAll(/var\((--cb-[\w-]+)/g)) {
      expect(defined.has(used) || local.has(used), `${used} in ${path}`).toBe(true);
    }
  }
});

function colour(token: string, theme: (typeof themes)[number]): string {
  const pair = css.match(new RegExp(`--cb-${token}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`));
  const value = pair?.[theme === "light" ? 1 : 2];
  if (value === undefined) throw new Error(`tokens.css has no colour --cb-${token}`);
  return value;
}
