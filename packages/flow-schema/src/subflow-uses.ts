import Value from "typebox/value";
import type { SubflowResolver } from "./company-facts.ts";
import type { FlowDocument } from "./flow-document.ts";
import type { NodeTypeRegistry } from "./node-type-registry.ts";

/** What runs inside flows, looked through once a document. */
export interface SubflowUses {
  /** The flows that nodes of a document run, each once. */
  named(document: FlowDocument): Iterable<string>;
  /** The outputs by which calls may leave a flow that runs as a sub-flow. */
  exits(document: FlowDocument): ReadonlySet<string>;
  /** The nodes of a document and of everything that runs inside it, each as often as it runs. What goes round counts once. */
  nodesInAll(document: FlowDocument): number;
}

export function createSubflowUses(registry: NodeTypeRegistry, subflow: SubflowResolver = () => undefined): SubflowUses {
  const uses = new Map<FlowDocument, ReadonlyMap<string, number>>();
  const ends = new Map<FlowDocument, ReadonlySet<string>>();
  /** By flow id. */
  const sizes = new Map<string, number>();

  /** Flow id → how many nodes run it. */
  function usesOf(document: FlowDocument): ReadonlyMap<string, number> {
    const known = uses.get(document);
    if (known) return known;
    const found = new Map<string, number>();
    for (const { type, typeVersion, config } of document.nodes) {
      const facts = registry.find(type, typeVersion);
      if (!facts?.subflow || !Value.Check(facts.config, config)) continue;
      const flowId = facts.subflow(config)?.flowId;
      if (flowId !== undefined) found.set(flowId, (found.get(flowId) ?? 0) + 1);
    }
    uses.set(document, found);
    return found;
  }

  function exits(document: FlowDocument): ReadonlySet<string> {
    const known = ends.get(document);
    if (known) return known;
    const found = new Set<string>();
    for (const node of document.nodes) {
      const facts = registry.find(node.type, node.typeVersion);
      if (!facts?.exit || !Value.Check(facts.config, node.config)) continue;
      const output = facts.exit(node.config);
      if (output !== null) found.add(output);
    }
    ends.set(document, found);
    return found;
  }

  function nodesInAll(document: FlowDocument): number {
    let size = document.nodes.length;
    for (const [flowId, times] of usesOf(document)) size += times * sizeOf(flowId);
    return size;
  }

  function sizeOf(flowId: string): number {
    const known = sizes.get(flowId);
    if (known !== undefined) return known;
    sizes.set(flowId, 0);
    const inner = subflow(flowId);
    const size = inner ? nodesInAll(inner) : 0;
    sizes.set(flowId, size);
    return size;
  }

  return { named: (document) => usesOf(document).keys(), exits, nodesInAll };
}
