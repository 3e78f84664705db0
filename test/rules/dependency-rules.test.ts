import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/** One planted violation a rule: a file, what it imports, and the rule that must say so. */
const planted = [
  { rule: "flow-schema-stays-low", file: "packages/flow-schema/src/a.ts", imports: "../../node-kit/src/free.ts" },
  { rule: "node-kit-stays-low", file: "packages/node-kit/src/a.ts", imports: "../../nodes/src/free.ts" },
  { rule: "nodes-stays-low", file: "packages/nodes/src/a.ts", imports: "../../engine/src/free.ts" },
  { rule: "engine-stays-low", file: "packages/engine/src/a.ts", imports: "../../acd/src/free.ts" },
  { rule: "acd-stays-low", file: "packages/acd/src/a.ts", imports: "../../engine/src/free.ts" },
  { rule: "api-stays-low", file: "packages/api/src/a.ts", imports: "../../engine/src/free.ts" },
  { rule: "simulator-core-stays-apart", file: "packages/simulator/src/core/a.ts", imports: "../server/free.ts" },
  { rule: "engine-does-no-io", file: "packages/engine/src/b.ts", imports: "node:fs" },
  { rule: "acd-does-no-io", file: "packages/acd/src/b.ts", imports: "node:timers/promises" },
  { rule: "simulator-core-does-no-io", file: "packages/simulator/src/core/b.ts", imports: "node:net" },
  { rule: "packages-never-import-apps", file: "packages/ui/src/a.ts", imports: "../../../apps/agent/src/free.ts" },
  { rule: "packages-never-import-apps", file: "packages/ui/src/b.tsx", imports: "../../../apps/agent/src/free.ts" },
  { rule: "apps-never-import-each-other", file: "apps/agent/src/a.ts", imports: "../../runtime/src/free.ts" },
  { rule: "one-way-out", file: "apps/runtime/src/webhooks/a.ts", imports: "undici" },
  { rule: "acd-stays-low", file: "packages/acd/src/c.ts", imports: "@cordboard/engine" },
  { rule: "no-cycles", file: "apps/cli/src/a.ts", imports: "./b.ts" },
];

const innocent = [
  "packages/node-kit/src/free.ts",
  "packages/nodes/src/free.ts",
  "packages/engine/src/free.ts",
  "packages/acd/src/free.ts",
  "packages/simulator/src/server/free.ts",
  "apps/agent/src/free.ts",
  "apps/runtime/src/free.ts",
];

const root = join(import.meta.dirname, "../..");
let folder = "";
let reported: { rule: string; from: string }[] = [];
let cruised = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cordboard-rules-"));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const file of innocent) write(file, "export const free = 1;\n");
  for (const { file, imports } of planted) {
    const jsx = file.endsWith(".tsx") ? "export const page = <p>planted</p>;\n" : "";
    write(file, `import * as other from "${imports}";\nexport const planted = other;\n${jsx}`);
  }
  write("apps/cli/src/b.ts", 'import * as other from "./a.ts";\nexport const planted = other;\n');
  write("package.json", '{ "private": true }');
  // As npm links workspaces: an import by the package's name must be seen as the folder that it is.
  write("packages/engine/package.json", '{ "name": "@cordboard/engine", "exports": { ".": "./src/free.ts" } }');
  mkdirSync(join(folder, "node_modules/@cordboard"), { recursive: true });
  symlinkSync(join(folder, "packages/engine"), join(folder, "node_modules/@cordboard/engine"));
  copyFileSync(join(root, ".dependency-cruiser.cjs"), join(folder, ".dependency-cruiser.cjs"));
  const run = spawnSync(
    process.execPath,
    [
      join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"),
      "--config",
      ".dependency-cruiser.cjs",
      "--output-type",
      "json",
      "packages",
      "apps",
    ],
    { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  const result = JSON.parse(run.stdout) as {
    summary: { totalCruised: number; violations: { from: string; rule: { name: string } }[] };
  };
  cruised = result.summary.totalCruised;
  reported = result.summary.violations.map((violation) => ({ rule: violation.rule.name, from: violation.from }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the tool really reads the files", () => {
  expect(cruised).toBeGreaterThan(innocent.length + planted.length);
});

test.each(planted)("$rule is caught in $file", ({ rule, file }) => {
  expect(reported).toContainEqual({ rule, from: file });
});

test("innocent files are left alone", () => {
  expect(reported.filter((violation) => innocent.includes(violation.from))).toEqual([]);
});
