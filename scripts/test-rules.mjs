/**
 * Switches each rule of talking to jambonz off in turn (test/rules/switches.mjs) and expects the tests of that rule, no others, and
 * only by their assertions, to fail; with every rule on, all of them pass. Exits with 1 when a rule could be broken unnoticed.
 */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { startVitest } from "vitest/node";
import { switches } from "../test/rules/switches.mjs";

const root = resolve(import.meta.dirname, "..");
const RULES = 11;
const problems = [];

/** Runs every `rule N:` test; returns those that failed, as { name, rule, asserted }, and the rules that have tests. */
async function run(broken) {
  const applied = new Set();
  const plugin = {
    name: "rule-switch",
    enforce: "pre",
    transform(code, id) {
      if (!broken || id.split("?")[0] !== resolve(root, broken.file)) return null;
      applied.add(broken);
      return code.replace(broken.find, () => broken.replace);
    },
  };
  const vitest = await startVitest(
    "test",
    [],
    {
      root,
      config: false,
      watch: false,
      include: ["apps/*/src/**/*rules.test.ts"],
      testNamePattern: /rule \d+:/,
      reporters: [{}],
      fileParallelism: false,
      testTimeout: 20_000,
    },
    { plugins: [plugin], logLevel: "silent" },
  );
  const failed = [];
  const tested = new Set();
  for (const module of vitest.state.getTestModules()) {
    if (module.errors().length > 0) failed.push({ name: module.moduleId, rule: null, asserted: false });
    for (const test of module.children.allTests()) {
      const rule = Number(/^rule (\d+):/.exec(test.name)?.[1]);
      const { state, errors } = test.result();
      if (state === "passed") tested.add(rule);
      if (state !== "failed") continue;
      failed.push({ name: test.name, rule, asserted: errors.every(({ name }) => name === "AssertionError") });
    }
  }
  const unhandled = vitest.state.getUnhandledErrors();
  if (unhandled.length > 0) failed.push({ name: `unhandled: ${String(unhandled[0])}`, rule: null, asserted: false });
  await vitest.close();
  process.exitCode = 0;
  if (broken && applied.size === 0) problems.push(`rule ${broken.rule} (${broken.off}): no test reads ${broken.file}`);
  return { failed, tested };
}

const whole = await run(null);
for (const { name } of whole.failed) problems.push(`with every rule on, this fails: ${name}`);
for (let rule = 1; rule <= RULES; rule += 1) {
  if (!whole.tested.has(rule)) problems.push(`rule ${rule} has no test`);
  if (!switches.some((one) => one.rule === rule)) problems.push(`rule ${rule} has no switch`);
}

for (const broken of switches) {
  const title = `rule ${broken.rule} (${broken.off})`;
  const source = await readFile(resolve(root, broken.file), "utf8");
  const found = source.split(broken.find).length - 1;
  if (found !== 1) {
    problems.push(`${title}: what it replaces stands ${found} times in ${broken.file}`);
    continue;
  }
  const { failed } = await run(broken);
  const mine = failed.filter(({ rule }) => rule === broken.rule);
  if (mine.length === 0) problems.push(`${title}: switched off, and no test of the rule fails`);
  for (const { name, rule, asserted } of failed) {
    if (!asserted) problems.push(`${title}: fails, but not by an assertion: ${name}`);
    else if (rule !== broken.rule) problems.push(`${title}: also fails: ${name}`);
  }
  console.log(`${title}: noticed by ${mine.length} test${mine.length === 1 ? "" : "s"}`);
}

for (const problem of problems) console.log(`✗ ${problem}`);
console.log(
  problems.length === 0
    ? `rules: ${RULES} rules, ${switches.length} switches, each noticed`
    : `rules: ${problems.length} problems`,
);
process.exit(problems.length === 0 ? 0 : 1);
