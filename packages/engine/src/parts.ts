import {
  type FlowDocument,
  MAX_SUBFLOW_DEPTH,
  type NodeTypeRegistry,
  type SubflowResolver,
} from "@cordboard/flow-schema";
import type { NodeType } from "@cordboard/node-kit";

/** The sub-flows that run in a flow, by the path of the node that runs each: `n1`, and inside that one `n1/n4`. */
export function partsOf(
  document: FlowDocument,
  registry: NodeTypeRegistry<NodeType>,
  subflow: SubflowResolver,
): ReadonlyMap<string, FlowDocument> {
  const parts = new Map<string, FlowDocument>();
  const visit = (flow: FlowDocument, path: string, depth: number): void => {
    for (const node of flow.nodes) {
      const use = registry.find(node.type, node.typeVersion)?.subflow?.(node.config) ?? null;
      const inner = use === null || depth >= MAX_SUBFLOW_DEPTH ? undefined : subflow(use.flowId);
      if (!inner) continue;
      const here = `${path}${node.id}`;
      parts.set(here, inner);
      visit(inner, `${here}/`, depth + 1);
    }
  };
  visit(document, "", 0);
  return parts;
}

/** The flow with the prompts of its sub-flows, so that a host finds all that may be heard in one document. */
export function withPromptsOf(document: FlowDocument, parts: ReadonlyMap<string, FlowDocument>): FlowDocument {
  if (parts.size === 0) return document;
  const theirs = [...parts].flatMap(([path, { prompts }]) =>
    Object.entries(prompts).map(([id, prompt]) => [`${path}/${id}`, prompt] as const),
  );
  return { ...document, prompts: { ...document.prompts, ...Object.fromEntries(theirs) } };
}
