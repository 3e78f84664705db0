import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const repository = fileURLToPath(new URL("..", import.meta.url));
const script = join(repository, "scripts/new-node.mjs");
// Inside the repository, so that the copy finds the packages; a folder of caches is looked at by no other tool.
const cache = join(repository, "packages/nodes/.cache");
let copy = "";
let root = "";

beforeAll(() => {
  mkdirSync(cache, { recursive: true });
  copy = mkdtempSync(join(cache, "new-node-"));
  const include = ["src/registry.test.ts", "src/coin-toss/*.test.ts"];
  writeFileSync(
    join(copy, "vitest.config.mjs"),
    `export default { test: { isolate: false, maxWorkers: 1, testTimeout: 30_000, include: ${JSON.stringify(include)} } };`,
  );
  root = join(copy, "src");
  cpSync(join(repository, "packages/nodes/src"), root, { recursive: true });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const write = (...args: readonly string[]) =>
  spawnSync(process.execPath, [script, ...args, "--root", root], { encoding: "utf8" });

test("the folder it writes passes the tests of the registry and its own", () => {
  expect(write("coinToss", "decide")).toMatchObject({ status: 0 });
  expect(readFileSync(join(root, "registry.ts"), "utf8")).toContain('import { coinToss } from "./coin-toss/index.ts";');
  expect(readFileSync(join(root, "index.ts"), "utf8")).toContain('export { coinToss } from "./coin-toss/index.ts";');
  const vitest = join(repository, "node_modules/vitest/vitest.mjs");
  const report = execFileSync(
    process.execPath,
    [vitest, "run", "--config", join(copy, "vitest.config.mjs"), "--root", copy, "--reporter=json"],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );
  const { numFailedTests, testResults } = JSON.parse(report.slice(report.indexOf("{")));
  expect(numFailedTests).toBe(0);
  const names = JSON.stringify(testResults);
  expect(names).toContain("coinToss lets a caller leave by every output");
  expect(names).toContain("notes its value and goes on");
}, 60_000);

test("a second time, a bad name and an unknown group are refused with a sentence", () => {
  expect(write("play")).toMatchObject({ status: 1, stderr: expect.stringContaining("there already") });
  expect(write("Queue State")).toMatchObject({ status: 1, stderr: expect.stringContaining("letters and figures") });
  expect(write("other", "palette")).toMatchObject({ status: 1, stderr: expect.stringContaining("one of say") });
});
