import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";

/** Bundled as in the product: a thread cannot run TypeScript, and a process that hangs cannot be ended from within a test. */
const folder = mkdtempSync(join(tmpdir(), "cordboard-watchdog-"));
const source = (name: string) => fileURLToPath(new URL(name, import.meta.url));

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: "silent",
    build: {
      ssr: true,
      outDir: folder,
      rolldownOptions: {
        input: { watchdog: source("watchdog.ts"), thread: source("watchdog-thread.ts") },
        output: { entryFileNames: "[name].mjs" },
      },
    },
  });
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true }));

function run(then: string) {
  const program = join(folder, "program.mjs");
  writeFileSync(
    program,
    `import { startWatchdog } from "./watchdog.mjs";
     const file = new URL("./thread.mjs", import.meta.url);
     const watchdog = startWatchdog({ file, stallMs: 1000, onBeat: () => {} });
     ${then}`,
  );
  return once(spawn(process.execPath, [program], { stdio: "inherit" }), "exit");
}

test("a process whose event loop hangs is ended, so that its sockets close", async () => {
  expect(await run("setTimeout(() => { for (;;); }, 500);")).toEqual([null, "SIGKILL"]);
}, 30_000);

test("a process whose event loop turns lives on, and ends when it wants to", async () => {
  expect(await run("setTimeout(() => watchdog.stop(), 3000);")).toEqual([0, null]);
}, 30_000);
