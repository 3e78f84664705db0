import type { FlowGraph } from "./flow-graph.ts";
import { type Step, stepOn } from "./found-path.ts";

/** How calls come to each node by the fewest nodes; a node that none comes to is not there. */
export type FirstPaths = ReadonlyMap<number, Step | null>;

/** Walks the flow from where calls begin; through nodes of which nothing is known too. */
export function firstPaths({ nodes, entry }: FlowGraph): FirstPaths {
  const found = new Map<number, Step | null>();
  if (entry === null) return found;
  found.set(entry, null);
  // A map keeps its order, and goes on to what is added while one walks it.
  for (const [place, before] of found) {
    for (const exit of nodes[place]?.exits ?? []) {
      if (typeof exit.to === "number" && !found.has(exit.to)) found.set(exit.to, stepOn(before, place, exit));
    }
  }
  return found;
}
