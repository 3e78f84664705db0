import type { NodeTypeRegistry, Reference } from "@cordboard/flow-schema";
import type { Connection } from "mongoose";
import type { PlaceOfUse } from "../access/index.ts";
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
  const using = new Set(
    serving.filter(({ text }) => names(parseDocument(text), registry, asked)).map(({ flowId }) => flowId),
  );
  const place = ({ flowId, name }: FlowRecord, draft: boolean): PlaceOfUse[] => [
    { kind: "flow", id: flowId, name, ...(draft && { draft }) },
  ];
  return all.flatMap((flow) => {
    if (using.has(flow.flowId)) return place(flow, false);
    const { draft } = flow;
    return draft && names(parseDocument(draft.text), registry, asked) ? place(flow, true) : [];
  });
}

/** Whether a document uses a thing: by what its node types say of their settings, or by the id's bare mention where they cannot say. */
function names(
  document: FlowJson,
  registry: NodeTypeRegistry,
  { kind, id }: { readonly kind: UsedKind; readonly id: string },
): boolean {
  if (kind === "prompt") return mentions(document.prompts, id);
  const { nodes } = document;
  if (!Array.isArray(nodes)) return false;
  return nodes.some((node: unknown) => {
    const { type, typeVersion, config } = Object(node);
    const facts = typeof type === "string" ? registry.find(type, Number(typeVersion)) : undefined;
    const references = facts && said(() => facts.references(config));
    return references ? references.some((one) => one.kind === kind && one.id === id) : mentions(config, id);
  });
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
