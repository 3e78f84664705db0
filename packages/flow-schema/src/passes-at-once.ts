import Value from "typebox/value";
import type { SubflowResolver } from "./company-facts.ts";
import type { FlowDocument } from "./flow-document.ts";
import type { NodeTypeRegistry } from "./node-type-registry.ts";
import type { SoundNode } from "./sound-node.ts";
import { MAX_SUBFLOW_DEPTH } from "./subflow-depth.ts";

/**
 * Whether a call may go through a node without anybody being asked or waited for. A sub-flow that is not known counts as one that waits:
 * that it is missing is another finding.
 */
export function passesAtOnce(
  { node, facts }: Pick<SoundNode, "node" | "facts">,
  registry: NodeTypeRegistry,
  subflow: SubflowResolver | undefined,
  depth = 0,
): boolean {
  const use = facts.subflow?.(node.config) ?? null;
  if (use === null) return !facts.waits(node.config);
  const document = depth < MAX_SUBFLOW_DEPTH ? subflow?.(use.flowId) : undefined;
  return document !== undefined && endsAtOnce(document, registry, subflow, depth + 1);
}

/** Whether an exit of the flow can be reached from its entry through nodes that nobody waits in. */
function endsAtOnce(
  document: FlowDocument,
  registry: NodeTypeRegistry,
  subflow: SubflowResolver | undefined,
  depth: number,
): boolean {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const seen = new Set<string>();
  const waiting = [document.entry];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = nodes.get(id);
    const facts = node && registry.find(node.type, node.typeVersion);
    if (seen.has(id) || !facts || !Value.Check(facts.config, node.config)) continue;
    seen.add(id);
    if ((facts.exit?.(node.config) ?? null) !== null) return true;
    if (!passesAtOnce({ node, facts }, registry, subflow, depth)) continue;
    waiting.push(...document.edges.filter(({ from }) => from === id).map(({ to }) => to));
  }
  return false;
}
