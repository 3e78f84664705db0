import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

/** What reads a clock, draws a random number or reaches the world without an import (imports are the dependency rules' business). */
const impure =
  /\bDate\.now\s*\(|\bnew Date\(\s*\)|\bMath\.random\s*\(|\bperformance\.|\bcrypto\.(?:random|getRandom)|(?<![.\w"'`])(?:setTimeout|setInterval|setImmediate|queueMicrotask)\s*\(|\b(?:await|return|void|=)\s+fetch\s*\(|\bprocess\.(?!exit\b)\w+|\bconsole\./;

const pureFolders = [
  "packages/flow-schema/src",
  "packages/node-kit/src",
  "packages/nodes/src",
  "packages/engine/src",
  "packages/acd/src",
  "packages/schedule/src",
  "packages/simulator/src/core",
  "packages/simulator/src/scenario",
];

const root = join(import.meta.dirname, "../..");

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "testing" ? [] : sources(path);
    return /(?<!\.test)\.ts$/.test(entry.name) ? [path] : [];
  });
}

/** Lines of code that break the rule; comments may say what they like. */
function offences(text: string): string[] {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "))
    .split("\n")
    .map((line) => line.replace(/\/\/.*$/, ""))
    .filter((line) => impure.test(line));
}

describe("time, chance and the network come through ports", () => {
  test.each(pureFolders)("%s", (folder) => {
    const files = sources(folder);
    expect(files.length).toBeGreaterThan(3);
    const found = files.flatMap((file) =>
      offences(readFileSync(join(root, file), "utf8")).map((line) => `${file}: ${line}`),
    );
    expect(found).toEqual([]);
  });
});

test.each([
  "const now = Date.now();",
  "const at = new Date();",
  "if (Math.random() < 0.5) return;",
  "setTimeout(() => {}, 5);",
  "await fetch(url);",
  "const home = process.env.HOME;",
])("%s is noticed", (line) => expect(offences(line)).toHaveLength(1));

test.each([
  "const day = new Date(now);",
  "// Date.now() would be impure",
  "/* setTimeout(…) */ const x = 1;",
  'const name = "fetch";',
  "clock.setTimeout(() => {}, 5);",
])("%s is left alone", (line) => expect(offences(line)).toEqual([]));
