import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { type CompanyOptions, createCompany } from "./accounts/create-company.ts";
import { resetPassword } from "./accounts/reset-password.ts";
import { type BackupOptions, backUp } from "./backup/backup.ts";
import { type RestoreOptions, restore } from "./backup/restore.ts";
import { type CallOptions, placeCall } from "./call/call.ts";
import { type CallbackOptions, promiseCallback } from "./call/callback.ts";
import { control } from "./call/control.ts";
import { type DialOptions, dial } from "./call/dial.ts";
import { type DoctorOptions, doctor } from "./doctor/doctor.ts";
import { showDiff } from "./flow/diff-flows.ts";
import { exportFlows } from "./flow/export-flows.ts";
import { type ImportOptions, importFlows } from "./flow/import-flows.ts";
import { pullFlow } from "./flow/pull-flow.ts";
import { pushFlow } from "./flow/push-flow.ts";
import { testFlows } from "./flow/test-flows.ts";
import { validateFlows } from "./flow/validate-flows.ts";
import { writeSchema } from "./flow/write-schema.ts";
import { importPrompts } from "./prompts/import-prompts.ts";
import { listPrompts } from "./prompts/list-prompts.ts";
import { rebuildReports } from "./reports/rebuild-reports.ts";
import { supervise } from "./run/supervise.ts";
import { t } from "./texts/t.ts";
import { speakUsage } from "./texts/usage-words.ts";
import { trace } from "./trace/trace.ts";

// Built, this file is <root>/dist/server/cordboard.js.
const root = process.env.CORDBOARD_ROOT ?? dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const place = { root, env: process.env } as const;

interface AskedServer {
  readonly json?: boolean;
  readonly server?: string;
}

const program = speakUsage(new Command("cordboard")).description(t("cli.description"));

program
  .command("run")
  .description(t("cli.run"))
  .option("--no-lab", t("cli.noLab"))
  .action(async (options: { lab: boolean }) => {
    process.exit(await supervise({ ...place, lab: options.lab }));
  });

withServer(program.command("trace").description(t("cli.trace")).argument("<call>", t("cli.trace.call"))).action(
  async (call: string, options: AskedServer) => {
    process.exitCode = await trace(call, { ...options, ...place });
  },
);

withServer(
  program
    .command("call")
    .description(t("cli.call"))
    .argument("[number]", t("cli.call.number"))
    .option("--from <number>", t("cli.call.from"))
    .option("--hidden", t("cli.call.hidden"))
    .option("--keys <keys>", t("cli.call.keys"))
    .option("--answer", t("cli.call.answer"))
    .option("--seconds <seconds>", t("cli.call.seconds"))
    .option("--lab <url>", t("cli.call.lab")),
).action(async (number: string | undefined, options: Omit<CallOptions, "env" | "root">) => {
  process.exitCode = await placeCall(number, { ...options, ...place });
});

withServer(
  program
    .command("dial")
    .description(t("cli.dial"))
    .argument("<operator>", t("cli.dial.operator"))
    .argument("<number>", t("cli.dial.number"))
    .option("--line <line>", t("cli.dial.line"))
    .option("--detach", t("cli.dial.detach")),
).action(async (operator: string, number: string, options: Omit<DialOptions, "env" | "root">) => {
  process.exitCode = await dial(operator, number, { ...options, ...place });
});

withServer(
  program
    .command("control")
    .description(t("cli.control"))
    .argument("<call>", t("cli.trace.call"))
    .argument("<action>", t("cli.control.action"))
    .argument("[what]", t("cli.control.what")),
).action(async (call: string, action: string, what: string | undefined, options: AskedServer) => {
  process.exitCode = await control(call, action, what, { ...options, ...place });
});

withServer(
  program
    .command("callback")
    .description(t("cli.callback"))
    .argument("[number]", t("cli.callback.number"))
    .option("--queue <queue>", t("cli.callback.queue"))
    .option("--at <time>", t("cli.callback.at"))
    .option("--name <name>", t("cli.callback.name"))
    .option("--times", t("cli.callback.times")),
).action(async (number: string | undefined, options: Omit<CallbackOptions, "env" | "root">) => {
  process.exitCode = await promiseCallback(number, { ...options, ...place });
});

withServer(
  program.command("doctor").description(t("cli.doctor")).option("--call <telephone>", t("cli.doctor.call")),
).action(async (options: Omit<DoctorOptions, "env" | "root">) => {
  process.exitCode = await doctor({ ...options, ...place });
});

const company = program.command("company").description(t("cli.company"));

withServer(
  company
    .command("create")
    .description(t("cli.company.create"))
    .argument("<code>", t("cli.company.code"))
    .requiredOption("--admin <email>", t("cli.company.admin"))
    .option("--admin-name <name>", t("cli.company.adminName"))
    .option("--name <name>", t("cli.company.name"))
    .option("--country <country>", t("cli.company.country"), "FR")
    .option("--time-zone <zone>", t("cli.company.timeZone"), "Europe/Paris")
    .option("--languages <tags>", t("cli.company.languages"), "fr-FR,en-GB"),
).action(async (code: string, options: Omit<CompanyOptions, "env" | "root">) => {
  process.exitCode = await createCompany(code, { ...options, ...place });
});

withServer(
  program.command("reset-password").description(t("cli.reset")).argument("<account>", t("cli.reset.account")),
).action(async (account: string, options: AskedServer) => {
  process.exitCode = await resetPassword(account, { ...options, ...place });
});

program
  .command("backup")
  .description(t("cli.backup"))
  .argument("[target]", t("cli.backup.target"))
  .option("--keep <count>", t("cli.backup.keep"))
  .option("--force", t("cli.backup.force"))
  .option("--json", t("cli.json"))
  .action(async (target: string | undefined, options: Omit<BackupOptions, "env" | "root">) => {
    process.exitCode = await backUp(target, { ...options, ...place });
  });

program
  .command("restore")
  .description(t("cli.restore"))
  .argument("<file>", t("cli.restore.file"))
  .option("--replace", t("cli.restore.replace"))
  .action(async (file: string, options: Omit<RestoreOptions, "env" | "root">) => {
    process.exitCode = await restore(file, { ...options, ...place });
  });

const flow = program.command("flow").description(t("cli.flow"));

flow
  .command("validate")
  .description(t("cli.flow.validate"))
  .argument("<files...>", t("cli.flow.files"))
  .option("--json", t("cli.json"))
  .action((files: string[], options: { json?: boolean }) => {
    process.exitCode = validateFlows(files, options);
  });

withServer(flow.command("test").description(t("cli.flow.test")).argument("<files...>", t("cli.flow.files"))).action(
  async (files: string[], options: AskedServer) => {
    process.exitCode = await testFlows(files, { ...options, ...place });
  },
);

flow
  .command("schema")
  .description(t("cli.flow.schema"))
  .argument("[file]", t("cli.flow.schema.file"), "flow.schema.json")
  .action((file: string) => {
    process.exitCode = writeSchema(file);
  });

withServer(
  flow
    .command("diff")
    .description(t("cli.flow.diff"))
    .argument("<before>", t("cli.flow.which"))
    .argument("<after>", t("cli.flow.which")),
).action(async (before: string, after: string, options: AskedServer) => {
  process.exitCode = await showDiff(before, after, { ...options, ...place });
});

withServer(
  flow
    .command("pull")
    .description(t("cli.flow.pull"))
    .argument("<flow>", t("cli.flow.which"))
    .option("-o, --output <file>", t("cli.flow.output"))
    .option("--force", t("cli.flow.force")),
).action(async (which: string, options: AskedServer & { output?: string; force?: boolean }) => {
  process.exitCode = await pullFlow(which, { ...options, ...place });
});

withServer(
  flow
    .command("push")
    .description(t("cli.flow.push"))
    .argument("<file>", t("cli.flow.file"))
    .option("--publish <note>", t("cli.flow.publish"))
    .option("--overwrite", t("cli.flow.overwrite")),
).action(async (file: string, options: AskedServer & { publish?: string; overwrite?: boolean }) => {
  process.exitCode = await pushFlow(file, { ...options, ...place });
});

withServer(
  flow
    .command("export")
    .description(t("cli.flow.export"))
    .argument("<flows...>", t("cli.flow.export.names"))
    .option("-o, --output <file>", t("cli.flow.export.output")),
).action(async (names: string[], options: AskedServer & { output?: string }) => {
  process.exitCode = await exportFlows(names, { ...options, ...place });
});

withServer(
  flow
    .command("import")
    .description(t("cli.flow.import"))
    .argument("<file>", t("cli.flow.import.file"))
    .option("--dry-run", t("cli.flow.import.dryRun"))
    .option("--yes", t("cli.flow.import.yes"))
    .option("--map <name...>", t("cli.flow.import.map"))
    .option("--take <side>", t("cli.flow.import.take"))
    .option("--publish <note>", t("cli.flow.import.publish")),
).action(async (file: string, options: Omit<ImportOptions, "env" | "root">) => {
  process.exitCode = await importFlows(file, { ...options, ...place });
});

const prompts = program.command("prompts").description(t("cli.prompts"));

withServer(prompts.command("list").description(t("cli.prompts.list"))).action(async (options: AskedServer) => {
  process.exitCode = await listPrompts({ ...options, ...place });
});

withServer(
  prompts.command("import").description(t("cli.prompts.import")).argument("<files...>", t("cli.prompts.files")),
).action(async (files: string[], options: AskedServer) => {
  process.exitCode = await importPrompts(files, { ...options, ...place });
});

const reports = program.command("reports").description(t("cli.reports"));

withServer(reports.command("rebuild").description(t("cli.reports.rebuild"))).action(async (options: AskedServer) => {
  process.exitCode = await rebuildReports({ ...options, ...place });
});

await program.parseAsync();

function withServer(command: Command): Command {
  return command.option("--json", t("cli.json")).option("--server <url>", t("cli.server"));
}
