// `npm run bench`: builds the product and the benchmark as they would run, then measures. Options go to bench/main.ts.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureInstalled } from "./ensure-installed.mjs";
import { checkNode } from "./sentences.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
checkNode();
ensureInstalled(root);
const { build } = await import("./build.mjs");
await build();

/** The benchmark's programs: bundled like the product's, because a loader that keeps function names costs time in every closure. */
const programs = {
  main: "bench/main.ts",
  "steps-worker": "bench/load/steps-worker.ts",
  "board-worker": "bench/load/board-worker.ts",
  "agents-worker": "bench/load/agents-worker.ts",
  "load-worker": "bench/load/load-worker.ts",
  "sdk-application": "bench/peers/sdk-application.ts",
  echo: "bench/peers/echo.ts",
  broadcast: "bench/peers/broadcast.ts",
};
const vite = await import("vite");
const outDir = join(root, ".cache", "bench");
for (const [name, entry] of Object.entries(programs)) {
  await vite.build({
    configFile: false,
    root,
    logLevel: "warn",
    ssr: { noExternal: [/^@cordboard\//], external: true },
    build: {
      ssr: join(root, entry),
      outDir,
      emptyOutDir: false,
      target: "node20",
      sourcemap: true,
      minify: false,
      rollupOptions: { output: { entryFileNames: `${name}.js`, format: "es" } },
    },
  });
}
const run = spawn(process.execPath, [join(outDir, "main.js"), ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, CORDBOARD_BENCH_ROOT: root },
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => run.kill(signal));
run.on("exit", (code) => process.exit(code ?? 1));
