import type { Finding, FlowDocument } from "@cordboard/flow-schema";
import { pointerParts } from "../../../widgets/set-at.ts";

/** What is wrong with a document, found again by node. */
export interface Problems {
  readonly all: readonly Finding[];
  /** By node id; what is wrong with a prompt belongs to the nodes that say it. */
  readonly byNode: ReadonlyMap<string, readonly Finding[]>;
  readonly errors: number;
  readonly warnings: number;
}

export const emptyProblems: Problems = { all: [], byNode: new Map(), errors: 0, warnings: 0 };

/** The findings sorted out, by nodes and by weight: errors first. `says` tells which nodes say a prompt. */
export function sortProblems(
  findings: readonly Finding[],
  document: FlowDocument,
  says: (promptId: string) => readonly string[],
): Problems {
  const all = [...findings].sort((a, b) => weight(a) - weight(b));
  const byNode = new Map<string, Finding[]>();
  for (const one of all) {
    for (const id of nodesOf(one, document, says)) byNode.set(id, [...(byNode.get(id) ?? []), one]);
  }
  const errors = all.filter(({ severity }) => severity === "error").length;
  return { all, byNode, errors, warnings: all.length - errors };
}

/** The nodes where a finding is to be shown, the first of them where one jumps to. */
function nodesOf(
  { nodeId, pointer }: Finding,
  document: FlowDocument,
  says: (promptId: string) => readonly string[],
): readonly string[] {
  if (nodeId !== undefined) return [nodeId];
  const [part, name = ""] = pointerParts(pointer);
  if (part === "prompts") return says(name);
  if (part === "edges") {
    const from = document.edges[Number(name)]?.from;
    return from === undefined || !document.nodes.some(({ id }) => id === from) ? [] : [from];
  }
  return [];
}

function weight({ severity }: Finding): number {
  return severity === "error" ? 0 : 1;
}
