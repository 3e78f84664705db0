import type { FlowEdge } from "./flow-document.ts";

/** Where the edges of each node lead, in their order. Linear: a document may have very many edges, all of one node. */
export function edgeTargets(edges: readonly FlowEdge[]): ReadonlyMap<string, readonly string[]> {
  const targets = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const list = targets.get(from);
    if (list) list.push(to);
    else targets.set(from, [to]);
  }
  return targets;
}
