import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { ApiClient } from "@cordboard/api";
import { createSubflowUses, type FlowDocument, readFlow } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { connect, type ServerOptions } from "../server/connect.ts";
import { flowFiles, readFlowFile } from "./read-flow-file.ts";

/** More than any drawing has; what is missing then is said by who compiles the flow. */
const MOST = 500;

/**
 * The flows that run inside one, at whatever depth: of the files beside it, else of the installation (what calls get there; never published:
 * the draft). What is nowhere is left out; no server is asked where the files suffice, and none that is not there stops anything.
 */
export async function subflowsOf(
  document: FlowDocument,
  file: string,
  options: ServerOptions,
): Promise<ReadonlyMap<string, FlowDocument>> {
  const uses = createSubflowUses(registry);
  const found = new Map<string, FlowDocument>();
  const asked = new Set<string>();
  const waiting = [document];
  let beside: ReadonlyMap<string, FlowDocument> | null = null;
  let client: ApiClient | null = null;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const flowId of uses.named(next)) {
      if (asked.has(flowId) || asked.size >= MOST) continue;
      asked.add(flowId);
      beside ??= flowsBeside(file);
      let inner = beside.get(flowId);
      if (!inner) {
        client ??= (await connect(options)).client;
        inner = await flowOfServer(client, flowId);
      }
      if (!inner) continue;
      found.set(flowId, inner);
      waiting.push(inner);
    }
  }
  return found;
}

/** The flows in the folder of a file, by their ids; the file that is called as its flow comes before others of the same id. */
function flowsBeside(file: string): ReadonlyMap<string, FlowDocument> {
  const folder = dirname(resolve(file));
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  const flows = flowFiles(names).flatMap((name) => {
    const read = readFlowFile(join(folder, name));
    return read.ok ? [{ named: name === `${read.document.id}.json`, document: read.document }] : [];
  });
  const sorted = flows.sort((a, b) => Number(a.named) - Number(b.named));
  return new Map(sorted.map(({ document }) => [document.id, document]));
}

async function flowOfServer(client: ApiClient, flowId: string): Promise<FlowDocument | undefined> {
  const flow = await client.call("flows.get", { params: { flowId } });
  if (!flow.ok) return undefined;
  const versionId = flow.value.published?.versionId;
  const held =
    versionId === undefined
      ? await client.call("flows.getDraft", { params: { flowId } })
      : await client.call("flows.getVersion", { params: { flowId, versionId } });
  const read = held.ok ? readFlow(held.value.document) : null;
  return read?.ok ? read.document : undefined;
}
