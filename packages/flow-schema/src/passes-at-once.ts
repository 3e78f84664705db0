import Value from "typebox/value";
import type { SubflowResolver } from "./company-facts.ts";
import { edgeTargets } from "./edge-targets.ts";
import type { FlowDocument } from "./flow-document.ts";
import type { NodeTypeRegistry } from "./node-type-registry.ts";
import type { SoundNode } from "./sound-node.ts";

/**
 * Whether a call may go through a node without anybody being asked or waited for. A sub-flow that is not known counts as one that waits,
 * and so does one that runs itself: that it is missing, or goes round, is another finding. Each flow is looked through once, however many
 * nodes run it.
 */
export function createPassesAtOnce(
  registry: NodeTypeRegistry,
  subflow: SubflowResolver | undefined,
): (node: Pick<SoundNode, "node" | "facts">) => boolean {
  /** By flow id. */
  const known = new Map<string, boolean>();

  function passes({ node, facts }: Pick<SoundNode, "node" | "facts">): boolean {
    const use = facts.subflow?.(node.config) ?? null;
    if (use === null) return !facts.waits(node.config);
    const answer = known.get(use.flowId);
    if (answer !== undefined) return answer;
    known.set(use.flowId, false);
    const document = subflow?.(use.flowId);
    const ends = document !== undefined && endsAtOnce(document);
    known.set(use.flowId, ends);
    return ends;
  }

  /** Whether an exit of the flow can be reached from its entry through nodes that nobody waits in. */
  function endsAtOnce(document: FlowDocument): boolean {
    const nodes = new Map(document.nodes.map((node) => [node.id, node]));
    const next = edgeTargets(document.edges);
    const seen = new Set<string>();
    const waiting = [document.entry];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const node = nodes.get(id);
      const facts = node && registry.find(node.type, node.typeVersion);
      if (seen.has(id) || !facts || !Value.Check(facts.config, node.config)) continue;
      seen.add(id);
      if ((facts.exit?.(node.config) ?? null) !== null) return true;
      if (passes({ node, facts })) waiting.push(...(next.get(id) ?? []));
    }
    return false;
  }

  return passes;
}
