import { existsSync } from "node:fs";
import { type Finding, type FlowDocument, readFlow } from "@cordboard/flow-schema";
import { connect, type ExitCode, explain, type ServerOptions } from "../server/connect.ts";
import { t } from "../texts/t.ts";
import { explainFile, findingLine, readFlowFile } from "./read-flow-file.ts";

export type FoundFlow =
  | { readonly ok: true; readonly document: FlowDocument }
  /** What was wrong has been said. */
  | { readonly ok: false; readonly exit: ExitCode };

/**
 * A flow by what a person calls it: a file, or the id of a flow on the server with a version: `reception` (what calls get now),
 * `reception@draft`, `reception@3`.
 */
export async function findFlow(name: string, options: ServerOptions): Promise<FoundFlow> {
  if (existsSync(name) || name.endsWith(".json")) {
    const read = readFlowFile(name);
    if (read.ok) return read;
    explainFile(read);
    return { ok: false, exit: 1 };
  }
  const [flowId = "", version = "published"] = name.split("@");
  const { client, url } = await connect(options);
  const missing = t("flow.none", { flow: name });
  if (version === "draft") {
    const draft = await client.call("flows.getDraft", { params: { flowId } });
    return draft.ok ? documentOf(draft.value.document, name) : { ok: false, exit: explain(draft.error, url, missing) };
  }
  const flow = await client.call("flows.get", { params: { flowId } });
  if (!flow.ok) return { ok: false, exit: explain(flow.error, url, missing) };
  const { published, versions } = flow.value;
  const wanted = version === "published" ? published : versions.find(({ number }) => String(number) === version);
  if (!wanted) {
    console.error(missing);
    return { ok: false, exit: 1 };
  }
  const { versionId } = wanted;
  const found = await client.call("flows.getVersion", { params: { flowId, versionId } });
  return found.ok ? documentOf(found.value.document, name) : { ok: false, exit: explain(found.error, url, missing) };
}

function documentOf(json: unknown, name: string): FoundFlow {
  const read = readFlow(json);
  if (read.ok) return { ok: true, document: read.document };
  for (const finding of read.findings satisfies readonly Finding[]) console.error(findingLine(name, finding));
  return { ok: false, exit: 1 };
}
