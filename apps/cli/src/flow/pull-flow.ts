import { existsSync, writeFileSync } from "node:fs";
import { canonicalText } from "@cordboard/flow-schema";
import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { t } from "../texts/t.ts";
import { findFlow } from "./find-flow.ts";
import { scenarioFileOf, writeScenarios } from "./scenario-files.ts";

/**
 * Writes a flow of the server to a file, in canonical form: what a version control shows as a change is one. Its scenarios go to the file beside
 * it; a flow without any writes none, and leaves one that is there.
 */
export async function pullFlow(
  flow: string,
  options: ServerOptions & { readonly output?: string; readonly force?: boolean },
): Promise<ExitCode> {
  const found = await findFlow(flow, options);
  if (!found.ok) return found.exit;
  const { document } = found;
  const file = options.output ?? `${document.id}.json`;
  if (file === "-") {
    process.stdout.write(canonicalText(document));
    return 0;
  }
  const { client, url } = await connect(options);
  const kept = await client.call("flowScenarios.get", { params: { flowId: document.id } });
  // A flow that was read from another file has none on the server.
  if (!kept.ok && kept.error.status !== 404) return explain(kept.error, url);
  const scenarios = kept.ok ? kept.value.scenarios : [];
  const scenarioFile = scenarioFileOf(file);
  const files = [file, ...(scenarios.length > 0 ? [scenarioFile] : [])];
  const there = files.find((one) => existsSync(one));
  if (there !== undefined && !options.force) {
    console.error(t("flow.exists", { file: there }));
    return 1;
  }
  writeFileSync(file, canonicalText(document));
  if (scenarios.length > 0) writeScenarios(scenarioFile, scenarios);
  if (options.json) console.log(JSON.stringify({ file, flowId: document.id, scenarios: scenarios.length }));
  else {
    console.log(t("flow.pulled", { flow, file }));
    if (scenarios.length > 0)
      console.log(t("flow.scenariosPulled", { scenarios: scenarios.length, file: scenarioFile }));
  }
  return 0;
}
