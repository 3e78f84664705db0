// `npm test`: everything a change must pass, on a fresh clone too. The last line is `tests: N passed, N failed`.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./ensure-installed.mjs";
import { checkNode, say } from "./sentences.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
checkNode();
ensureInstalled(root);

let passed = 0;
let failed = 0;

/**
 * A whole tool counts as one test. What it says is said when it is done: several are at work.
 * @param {string} name @param {string} file @param {...string} args
 */
function tool(name, file, ...args) {
  const child = spawn(process.execPath, [join(root, "node_modules", file), ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
  return new Promise((done) => {
    child.once("close", (status) => {
      say(`\n── ${name}`, `\n── ${name}`);
      process.stdout.write(said);
      if (status === 0) passed += 1;
      else failed += 1;
      done(undefined);
    });
  });
}

const { ensureChromium } = await import("./ensure-chromium.mjs");
const chromium = await ensureChromium(root);
if (chromium.ok) process.env.CORDBOARD_CHROMIUM = chromium.path;
else {
  console.error(chromium.sentence);
  failed += 1;
}

await Promise.all([
  // One checker: several, which is the default, find out half of everything twice, and there is other work for the other processors.
  tool("types", "typescript/bin/tsc", "--noEmit", "--checkers", "1", "-p", "tsconfig.json"),
  // What the end-to-end tests start, made here while there is room beside the others.
  tool("build", "../scripts/build.mjs"),
  (async () => {
    await tool("lint", "@biomejs/biome/bin/biome", "check", "--error-on-warnings", ".");
    // A program of its own: its texts are typed keys of i18next, which is one type a program.
    await tool(
      "types of the agent",
      "typescript/bin/tsc",
      "--noEmit",
      "--checkers",
      "1",
      "-p",
      "apps/agent/tsconfig.json",
    );
    const rules = ["--config", ".dependency-cruiser.cjs", "packages", "apps"];
    await tool("dependency rules", "dependency-cruiser/bin/dependency-cruise.mjs", ...rules);
    await tool("unused code", "knip/bin/knip.js");
  })(),
]);

const report = join(root, ".cache", "vitest.json");
mkdirSync(dirname(report), { recursive: true });
rmSync(report, { force: true });
say("\n── tests", "\n── tests");
spawnSync(
  process.execPath,
  [
    join(root, "node_modules/vitest/vitest.mjs"),
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ],
  {
    cwd: root,
    stdio: "inherit",
  },
);
try {
  const result = JSON.parse(readFileSync(report, "utf8"));
  passed += result.numPassedTests;
  // A test that did not run has not passed: skipped ones count as failed, and so does a file that could not be loaded.
  failed += result.numFailedTests + result.numPendingTests + result.numTodoTests;
  failed += result.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  if (result.numPassedTests === 0) failed += 1;
} catch {
  console.error("vitest left no report: it did not run to its end.");
  failed += 1;
}

console.log(`\ntests: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
