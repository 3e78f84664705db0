import type { FlowDocument } from "@cordboard/flow-schema";
import { typeOf } from "../editor/model/node-facts.ts";

/** What a node is called: by its author, or as its type is. */
export function nodeName({ nodes }: FlowDocument, nodeId: string, language: "fr" | "en"): string {
  const node = nodes.find(({ id }) => id === nodeId);
  if (!node) return nodeId;
  return node.name || (typeOf(node)?.texts[language].name ?? node.type);
}
