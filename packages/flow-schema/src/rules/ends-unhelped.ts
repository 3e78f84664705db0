import type { Finding, Fix } from "../finding.ts";
import type { WayOut } from "../way-out.ts";
import { type Exit, findingAt, type GraphNode } from "./flow-graph.ts";
import { type Step, stepOn } from "./found-path.ts";
import type { RuleWorld } from "./rule-world.ts";

/**
 * Ends that a call can come to without a person, a message left, a promise to be rung, or a word just before: the caller hears the line go
 * dead. What was said counts until the caller is asked, or waits in silence; what the caller got counts for good. One finding an end.
 */
export function* endsUnhelped({ graph, paths }: RuleWorld): Iterable<Finding> {
  const { nodes, entry } = graph;
  if (entry === null) return;
  /** A node, and whether the call comes to it with a word just said. */
  const stateOf = (place: number, worded: boolean) => place * 2 + (worded ? 1 : 0);
  const found = new Map<number, Step | null>([[stateOf(entry, false), null]]);
  for (const [state, before] of found) {
    const place = state >> 1;
    const worded = state % 2 === 1;
    const node = nodes[place];
    if (!node) continue;
    if (node.end !== null && !wordedAfter(node.end, worded)) {
      const path = paths.make(before, { place, phases: node.end.phases }, { word: "ends" });
      yield findingAt(node, "endsUnhelped", {}, { path, fixes: otherEnds(nodes, place, before) });
    }
    for (const exit of node.exits) {
      if (typeof exit.to !== "number" || exit.way === null || exit.way.reaches !== undefined) continue;
      const next = stateOf(exit.to, wordedAfter(exit.way, worded));
      if (!found.has(next)) found.set(next, stepOn(before, place, exit));
    }
  }
}

/** Whether words were the last thing that the caller met. */
function wordedAfter({ phases }: WayOut, before: boolean): boolean {
  let worded = before;
  for (const phase of phases) {
    if ("says" in phase) worded = true;
    else if ("keys" in phase || ("silentMs" in phase && phase.silentMs >= 1_000)) worded = false;
  }
  return worded;
}

/** Ends with a word that the last output could lead to instead; a few. */
function otherEnds(nodes: readonly GraphNode[], place: number, last: Step | null): readonly Fix[] {
  if (last === null || last.exit.output.startsWith("key:")) return [];
  const from = nodes[last.place]?.node.id ?? "";
  const others = nodes.filter(({ end }, at) => at !== place && end !== null && wordedAfter(end, false));
  return others.slice(0, 2).map(({ node }) => connectTo(from, last.exit, node));
}

/** Leads an output to a node. */
export function connectTo(
  from: string,
  { output }: Pick<Exit, "output">,
  { id, name }: { readonly id: string; readonly name: string },
): Fix {
  const label = { fr: `Relier à « ${name || id} »`, en: `Connect to “${name || id}”` };
  return { label, commands: [{ type: "connect", from, output, to: id }] };
}
