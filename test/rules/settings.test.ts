import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

/** Settings are environment variables; who runs the product learns of them from docs/configuration.md, and from nowhere else. */
const root = join(import.meta.dirname, "../..");
const setting = /\b(?:CORDBOARD|JAMBONZ|REDIS|MONGODB)_[A-Z][A-Z_]*[A-Z]\b/g;

/** What the product's own processes and scripts tell each other, and what a build puts into a program; nobody sets them by hand. */
const betweenProcesses = [
  "CORDBOARD_BENCH_ROOT",
  "CORDBOARD_DEMO_CONTACT_URL",
  "CORDBOARD_FILES",
  "CORDBOARD_FLOWS",
  "CORDBOARD_LAB_AGENT_URL",
  "CORDBOARD_LAB_API_KEY",
  "CORDBOARD_LAB_CALL_HOOK",
  "CORDBOARD_LAB_HOST",
  "CORDBOARD_LAB_LINE",
  "CORDBOARD_LAB_SOCKET_PASSWORD",
  "CORDBOARD_LAB_SOCKET_USER",
  "CORDBOARD_LAB_WEB",
  "CORDBOARD_LAB_WEBHOOK_SECRET",
  "CORDBOARD_LOCAL_KEY",
  "CORDBOARD_PROMPTS",
  "CORDBOARD_ROOT",
  "CORDBOARD_STORE_FOLDER",
  "CORDBOARD_STORE_SOCKET",
  "CORDBOARD_VERSION",
  "CORDBOARD_WEB",
  "CORDBOARD_WEB_APP",
];

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ["node_modules", "dist", "recordings"].includes(entry.name) ? [] : sources(path);
    return /\.(ts|tsx|mjs)$/.test(path) && path !== "test/rules/settings.test.ts" ? [path] : [];
  });
}

const namesIn = (text: string) => new Set(text.match(setting) ?? []);
const read = (path: string) => readFileSync(join(root, path), "utf8");
const documented = namesIn(read("docs/configuration.md"));
const used = new Set(
  ["apps", "packages", "scripts", "bench", "test"].flatMap((folder) =>
    sources(folder).flatMap((file) => [...namesIn(read(file))]),
  ),
);

describe("docs/configuration.md", () => {
  test("has every setting that is read", () => {
    const missing = [...used].filter((name) => !documented.has(name) && !betweenProcesses.includes(name));
    expect(missing.sort()).toEqual([]);
  });

  test("has no setting that nothing reads, and none that is not to be set by hand", () => {
    expect([...documented].filter((name) => !used.has(name))).toEqual([]);
    expect(betweenProcesses.filter((name) => documented.has(name) || !used.has(name))).toEqual([]);
  });

  test("has every setting that another page or the README names", () => {
    const pages = ["README.md", ...readdirSync(join(root, "docs")).map((name) => `docs/${name}`)].filter((path) =>
      path.endsWith(".md"),
    );
    const named = new Set(pages.flatMap((page) => [...namesIn(read(page))]));
    expect([...named].filter((name) => !documented.has(name))).toEqual([]);
  });
});
