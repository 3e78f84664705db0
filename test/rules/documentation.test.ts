import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const pagesIn = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name}`);
const pages = ["README.md", ...pagesIn("docs"), ...pagesIn("docs/decisions")];

/** Paths of the tree that a page names in backticks, without what stands for many (`*`, `…`, `<x>`, `{a,b}`). */
function pathsNamed(page: string): string[] {
  const named = [...read(page).matchAll(/`((?:apps|packages|docs|flows|test|scripts|bench)\/[^`\s]*)`/g)];
  return named.map(([, path = ""]) => path.replace(/\/$/, "")).filter((path) => !/[*…<{:]/.test(path));
}

/** Other pages that a page leads to, as they stand from the root. */
function pagesLinked(page: string): string[] {
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)];
  return links.map(([, path = ""]) => join(dirname(page), path));
}

describe("documentation", () => {
  test("what a page names of the tree is there", () => {
    const gone = pages.flatMap((page) =>
      [...pathsNamed(page), ...pagesLinked(page)]
        .filter((path) => !existsSync(join(root, path)))
        .map((path) => [page, path]),
    );
    expect(gone).toEqual([]);
  });

  test("the README's table has every folder of apps and packages", () => {
    const readme = read("README.md");
    const folders = ["apps", "packages"].flatMap((above) =>
      readdirSync(join(root, above)).map((name) => [above, name]),
    );
    // Folders of one row share the first one's path: `packages/flow-schema`, `node-kit`.
    const missing = folders.filter(
      ([above, name]) => !readme.includes(`\`${above}/${name}\``) && !readme.includes(`\`${name}\``),
    );
    expect(missing).toEqual([]);
  });

  test("decision records have their number in their name and title, and no number twice", () => {
    const records = pagesIn("docs/decisions").filter((path) => /\/\d/.test(path));
    const numbers = records.map((path) => Number(/\/(\d{4})-/.exec(path)?.[1]));
    expect(new Set(numbers).size).toBe(records.length);
    expect(records.map((path) => Number(/^# (\d+)\. /.exec(read(path))?.[1]))).toEqual(numbers);
  });
});
