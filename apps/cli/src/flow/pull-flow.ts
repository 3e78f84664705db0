import { existsSync, writeFileSync } from "node:fs";
import { canonicalText } from "@cordboard/flow-schema";
import type { ExitCode, ServerOptions } from "../server/connect.ts";
import { t } from "../texts/t.ts";
import { findFlow } from "./find-flow.ts";

/** Writes a flow of the server to a file, in canonical form: what a version control shows as a change is one. */
export async function pullFlow(
  flow: string,
  options: ServerOptions & { readonly output?: string; readonly force?: boolean },
): Promise<ExitCode> {
  const found = await findFlow(flow, options);
  if (!found.ok) return found.exit;
  const file = options.output ?? `${found.document.id}.json`;
  if (file === "-") {
    process.stdout.write(canonicalText(found.document));
    return 0;
  }
  if (existsSync(file) && !options.force) {
    console.error(t("flow.exists", { file }));
    return 1;
  }
  writeFileSync(file, canonicalText(found.document));
  console.log(options.json ? JSON.stringify({ file, flowId: found.document.id }) : t("flow.pulled", { flow, file }));
  return 0;
}
