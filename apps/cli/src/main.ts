import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { supervise } from "./run/supervise.ts";
import { t } from "./texts/t.ts";
import { trace } from "./trace/trace.ts";

// Built, this file is <root>/dist/server/cordboard.js.
const root = process.env.CORDBOARD_ROOT ?? dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const program = new Command("cordboard").description(t("cli.description"));

program
  .command("run")
  .description(t("cli.run"))
  .option("--no-lab", t("cli.noLab"))
  .action(async (options: { lab: boolean }) => {
    process.exit(await supervise({ root, lab: options.lab, env: process.env }));
  });

program
  .command("trace")
  .description(t("cli.trace"))
  .argument("<call>", t("cli.trace.call"))
  .option("--json", t("cli.json"))
  .option("--server <url>", t("cli.server"))
  .action(async (call: string, options: { json?: boolean; server?: string }) => {
    process.exit(await trace(call, { ...options, env: process.env, root }));
  });

await program.parseAsync();
