// `npm start`: install what is missing, build what has changed, then hand over to the supervisor (`cordboard run`).
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
const program = spawn(
  process.execPath,
  [join(root, "dist", "server", "cordboard.js"), "run", ...process.argv.slice(2)],
  { stdio: "inherit" },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => program.kill(signal));
program.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" || signal === "SIGTERM" ? 0 : 1)));
