import type { NodeTypeRegistry, Reference } from "@cordboard/flow-schema";
import type { Connection } from "mongoose";
import type { PlaceOfUse, UsingNode } from "../access/index.ts";
import { type FlowJson, parseDocument } from "./flow-text.ts";
import { liveCallsByVersion } from "./live-calls.ts";
import { type FlowRecord, flowCollections } from "./model.ts";

export type UsedKind = Exclude<Reference["kind"], "variable">;

/**
 * The flows that use a thing of the company: what is published or will be at a planned time, what live calls are still on, and drafts, which somebody would otherwise
 * publish into nothing tomorrow. `itself`: a flow that is not asked (a flow may be deleted although it names itself).
 */
export async function flowsUsing(
  connection: Connection,
  registry: NodeTypeRegistry,
  asked: { readonly companyId: string; readonly kind: UsedKind; readonly id: string; readonly itself?: string },
): Promise<PlaceOfUse[]> {
  const { companyId, itself } = asked;
  const { flows, versions } = flowCollections(connection);
  const all = (await flows.find({ companyId }).sort({ name: 1, _id: 1 }).toArray()).filter(
    ({ flowId }) => flowId !== itself,
  );
  const live = [...(await liveCallsByVersion(connection, companyId)).keys()];
  const served = all.flatMap(({ publishedId, planned }) => [publishedId ?? [], planned?.versionId ?? []].flat());
  const serving = await versions.find({ companyId, _id: { $in: [...new Set([...served, ...live])] } }).toArray();
  const using = new Map(
    serving.flatMap(({ flowId, text }) => {
      const nodes = nodesUsing(parseDocument(text), registry, asked);
      return nodes ? [[flowId, nodes] as const] : [];
    }),
  );
  const place = ({ flowId, name }: FlowRecord, nodes: readonly UsingNode[], draft: boolean): PlaceOfUse[] => [
    { kind: "flow", id: flowId, name, ...(draft && { draft }), nodes },
  ];
  return all.flatMap((flow) => {
    const served = using.get(flow.flowId);
    if (served) return place(flow, served, false);
    const drawn = flow.draft && nodesUsing(parseDocument(flow.draft.text), registry, asked);
    return drawn ? place(flow, drawn, true) : [];
  });
}

/**
 * The nodes of a document that use a thing, by what their types say of their settings, or by the id's bare mention where they cannot say.
 * Null: the document does not use it. A prompt that the flow has and no node says is used by no node.
 */
function nodesUsing(
  document: FlowJson,
  registry: NodeTypeRegistry,
  { kind, id }: { readonly kind: UsedKind; readonly id: string },
): readonly UsingNode[] | null {
  const inPrompts = kind === "prompt" ? promptsOf(document, id) : null;
  if (inPrompts?.size === 0 && !mentions(document.prompts, id)) return null;
  const nodes = Array.isArray(document.nodes) ? document.nodes : [];
  const found = nodes.filter((node: unknown) => {
    const { type, typeVersion, config } = Object(node);
    const facts = typeof type === "string" ? registry.find(type, Number(typeVersion)) : undefined;
    const references = facts && said(() => facts.references(config));
    if (inPrompts) return references?.some((one) => one.kind === "prompt" && inPrompts.has(one.id));
    return references ? references.some((one) => one.kind === kind && one.id === id) : mentions(config, id);
  });
  if (found.length === 0 && !inPrompts) return null;
  return found.map((node: unknown) => {
    const { id: nodeId, name, type } = Object(node);
    return { nodeId: String(nodeId), name: typeof name === "string" ? name : "", type: String(type) };
  });
}

/** The flow's own ids of the prompts that come from one of the library. */
function promptsOf({ prompts }: FlowJson, libraryId: string): ReadonlySet<string> {
  return new Set(Object.entries(Object(prompts)).flatMap(([id, prompt]) => (mentions(prompt, libraryId) ? id : [])));
}

/** What a node type says of settings that a draft may have in any shape; `undefined` when it cannot. */
function said<Value>(ask: () => Value): Value | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

function mentions(value: unknown, id: string): boolean {
  if (value === id) return true;
  return typeof value === "object" && value !== null && Object.values(value).some((member) => mentions(member, id));
}
