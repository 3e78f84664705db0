import { readFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { carryOut, readInstallation } from "@cordboard/api/moving";
import {
  diffFlows,
  type FlowBundle,
  type ImportChoices,
  type ImportPlan,
  type InstallationHere,
  type MergeSide,
  planImport,
  readBundle,
} from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { language, t } from "../texts/t.ts";
import { planLines } from "./import-lines.ts";
import { mediaOf } from "./media-of.ts";
import { nameChoices } from "./name-choices.ts";

export interface ImportOptions extends ServerOptions {
  /** Show what would change, and change nothing. */
  readonly dryRun?: boolean;
  /** Nobody is asked. */
  readonly yes?: boolean;
  readonly map?: readonly string[];
  /** What stands where both sides changed the same. */
  readonly take?: string;
  readonly publish?: string;
}

/** Takes over a file of `flow export`: shows what changes, asks, and makes drafts of it. Nothing is published unless it is said. */
export async function importFlows(file: string, options: ImportOptions): Promise<ExitCode> {
  const bundle = readBundleFile(file);
  if (!bundle) return 1;
  if (options.take !== undefined && options.take !== "here" && options.take !== "file") {
    console.error(t("import.takeWrong", { said: options.take }));
    return 64;
  }
  const { client, url } = await connect(options);
  const ids = bundle.flows.map(({ document }) => document.id);
  const read = await readInstallation(client, ids, language);
  if (!read.ok) return explain(read.error, url);
  const here = read.value;
  const named = nameChoices(options.map ?? [], bundle, here);
  if (!named.ok) {
    console.error(named.problem);
    return 64;
  }
  const choices = withSides(bundle, here, { names: named.names, sides: new Map() }, options.take ?? null);
  const plan = planImport(bundle, here, registry, choices);
  if (options.json) console.log(JSON.stringify(told(plan), null, 2));
  else for (const line of planLines(plan, bundle)) console.log(line);
  if (options.dryRun) return 0;
  const open = plan.flows.reduce((sum, { conflicts }) => sum + conflicts.length, 0);
  if (open > 0 && options.take === undefined) {
    console.error(t("import.conflictsOpen", { count: open }));
    return 1;
  }
  if (!options.yes && !(await confirmed(options.json ?? false))) return 1;
  const media = mediaOf(url);
  const done = await carryOut(bundle, here, choices, {
    ...{ client, registry, hasMedia: media.has },
    copyName: (name) => t("import.copyName", { name }),
    ...(options.publish !== undefined && { publish: options.publish }),
  });
  if (!done.ok) return explain(done.error, url);
  for (const { flowId, copy, published, refused } of done.value.flows) {
    if (copy !== null) console.error(t("import.copied", { flow: flowId, copy }));
    if (published !== null && !options.json) console.log(t("flow.published", { flow: flowId, number: published }));
    if (refused) console.error(t("import.refused", { flow: flowId, why: refused.message }));
  }
  if (!options.json && options.publish === undefined) console.log(t("import.done", { count: done.value.flows.length }));
  return done.value.flows.some(({ refused }) => refused !== null) ? 1 : 0;
}

function readBundleFile(file: string): FlowBundle | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    console.error(t("flow.unreadable", { file, code }));
    return null;
  }
  const read = readBundle(text);
  if (read.ok) return read.bundle;
  console.error(`${file}: ${read.problem[language]}`);
  return null;
}

/** One side at every conflict. */
function withSides(
  bundle: FlowBundle,
  here: InstallationHere,
  choices: ImportChoices,
  take: "here" | "file" | null,
): ImportChoices {
  if (take === null) return choices;
  const side: MergeSide = take === "here" ? "mine" : "theirs";
  const { flows } = planImport(bundle, here, registry, choices);
  const sides = flows.map(
    ({ flowId, conflicts }) => [flowId, new Map(conflicts.map(({ pointer }) => [pointer, side]))] as const,
  );
  return { ...choices, sides: new Map(sides) };
}

async function confirmed(json: boolean): Promise<boolean> {
  if (json || !process.stdin.isTTY) {
    console.error(t("import.unconfirmed"));
    return false;
  }
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asked.question(t("import.ask"));
  asked.close();
  return /^(y|yes|o|oui)$/i.test(answer.trim());
}

/** The plan for programs: what changes, without the documents. */
function told({ flows, names, prompts }: ImportPlan) {
  const changes = flows.map(({ flowId, state, mine, document, conflicts, copies, scenarios, doubled }) => ({
    ...{ flowId, state, conflicts, copies, scenarios: scenarios.length, doubled },
    differences: mine && diffFlows(mine, document),
  }));
  return { flows: changes, names, prompts };
}
