import { writeFileSync } from "node:fs";
import { exportBundle } from "@cordboard/api/moving";
import type { FlowDocument } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { language, t } from "../texts/t.ts";
import { findFlow } from "./find-flow.ts";
import { mediaOf } from "./media-of.ts";

/** Writes flows and everything that they need as one file, to standard output or `--output`. */
export async function exportFlows(
  names: readonly string[],
  options: ServerOptions & { readonly output?: string },
): Promise<ExitCode> {
  const roots: FlowDocument[] = [];
  for (const name of names) {
    const found = await findFlow(name, options);
    if (!found.ok) return found.exit;
    roots.push(found.document);
  }
  const { client, url } = await connect(options);
  const made = await exportBundle(roots, { client, registry, language, media: mediaOf(url).get });
  if (!made.ok) return explain(made.error, url);
  const text = `${JSON.stringify(made.value, null, 2)}\n`;
  const { flows, prompts, audio } = made.value;
  const counts = { flows: flows.length, prompts: Object.keys(prompts).length, audio: Object.keys(audio).length };
  if (options.output === undefined) process.stdout.write(text);
  else {
    writeFileSync(options.output, text);
    if (options.json) console.log(JSON.stringify({ file: options.output, ...counts }));
  }
  // Standard output may be the file itself.
  if (!options.json) console.error(t("flow.exported", counts));
  return 0;
}
