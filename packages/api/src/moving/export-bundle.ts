import {
  companyReferences,
  createSubflowUses,
  type FlowBundle,
  type FlowDocument,
  type NodeTypeRegistry,
  readFlow,
} from "@cordboard/flow-schema";
import type { ApiClient, ApiResult } from "../client.ts";
import { answered, demanded, wanted } from "./asked.ts";
import { toBase64 } from "./base64.ts";
import { publishedOf, readThings } from "./read-installation.ts";

/** More than any company has in one. */
const MOST_FLOWS = 500;

export interface ExportGiven {
  readonly client: ApiClient;
  readonly registry: NodeTypeRegistry;
  readonly language: "fr" | "en";
  /** The WAV file of a hash; null: there is none. */
  readonly media: (sha256: string) => Promise<Uint8Array | null>;
}

/**
 * Makes the bundle of some flows that were read already: with what runs inside them (what calls get; never published: the draft), their
 * scenarios, the prompts and recordings that they say, and the names of what they refer to.
 */
export function exportBundle(
  roots: readonly FlowDocument[],
  { client, registry, language, media }: ExportGiven,
): Promise<ApiResult<FlowBundle>> {
  return answered(async () => {
    const { things, prompts: library, company } = await readThings(client, language);
    const documents = await withInner(client, roots, registry);
    const flows: FlowBundle["flows"] = [];
    for (const document of documents) {
      const kept = wanted(await client.call("flowScenarios.get", { params: { flowId: document.id } }));
      flows.push({ document, scenarios: kept?.scenarios ?? [] });
    }
    const names: Record<string, Record<string, string>> = {};
    for (const { kind, id } of documents.flatMap((document) => companyReferences(document, registry))) {
      // What is not here either keeps its id for a name: whoever imports sees what is meant.
      const name = things[kind]?.find((thing) => thing.id === id)?.name ?? id;
      names[kind] = { ...names[kind], [id]: name };
    }
    const said = new Set(
      documents.flatMap(({ prompts }) => Object.values(prompts).flatMap((prompt) => prompt.library ?? [])),
    );
    const prompts: Record<string, FlowBundle["prompts"][string]> = {};
    for (const { id, name, texts, audio } of library) if (said.has(id)) prompts[id] = { name, texts, audio };
    const own = documents.flatMap((document) =>
      Object.values(document.prompts).flatMap(({ audio }) => Object.values(audio ?? {})),
    );
    const hashes = [...own, ...Object.values(prompts).flatMap(({ audio }) => Object.values(audio))];
    const audio: Record<string, string> = {};
    for (const sha of new Set(hashes.map((hash) => hash.replace("sha256:", "")))) {
      const bytes = await media(sha);
      if (bytes) audio[sha] = toBase64(bytes);
    }
    return { bundleVersion: 1, from: company, wanted: roots.map(({ id }) => id), flows, names, prompts, audio };
  });
}

/** The flows, and all that run inside them. */
async function withInner(
  client: ApiClient,
  roots: readonly FlowDocument[],
  registry: NodeTypeRegistry,
): Promise<readonly FlowDocument[]> {
  const uses = createSubflowUses(registry);
  const found = new Map(roots.map((document) => [document.id, document]));
  const waiting = [...roots];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const flowId of uses.named(next)) {
      if (found.has(flowId) || found.size >= MOST_FLOWS) continue;
      const flow = wanted(await client.call("flows.get", { params: { flowId } }));
      if (!flow) continue;
      const document =
        (await publishedOf(client, flowId, flow.published?.versionId)) ??
        demanded(await client.call("flows.getDraft", { params: { flowId } })).document;
      const read = readFlow(document);
      if (!read.ok) continue;
      found.set(flowId, read.document);
      waiting.push(read.document);
    }
  }
  return [...found.values()];
}
