import Value from "typebox/value";
import type { FlowDocument, FlowNode } from "../flow-document.ts";
import type { NodeTypeFacts, NodeTypeRegistry } from "../node-type-registry.ts";

/** What each node does with variables; `null` of a node whose type or settings are not in order. */
interface NodeUse {
  readonly facts: NodeTypeFacts;
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
  /** By output: the variables that a call has surely set when it leaves by it. What an expression sets may fail, and then nothing is set. */
  surely(output: string): ReadonlySet<string>;
}

export type NodeUses = ReadonlyMap<string, NodeUse | null>;

/** What the nodes of a flow do with its variables. Pure. */
export function nodeUses(document: FlowDocument, registry: NodeTypeRegistry): NodeUses {
  const inPrompt = (id: string): readonly string[] => {
    const texts = Object.hasOwn(document.prompts, id) ? Object.values(document.prompts[id]?.texts ?? {}) : [];
    return texts.flatMap((text) => registry.textVariables?.(text) ?? []);
  };
  const useOf = (node: FlowNode): NodeUse | null => {
    const facts = registry.find(node.type, node.typeVersion);
    if (!facts || !Value.Check(facts.config, node.config)) return null;
    const prompts = facts.references(node.config).flatMap(({ kind, id }) => (kind === "prompt" ? inPrompt(id) : []));
    const writes = facts.writes?.(node.config) ?? [];
    return {
      facts,
      reads: new Set([...(facts.reads?.(node.config) ?? []), ...prompts]),
      writes: new Set(writes.map(({ variable }) => variable)),
      surely: (output) =>
        new Set(writes.flatMap(({ variable, outputs }) => (outputs?.includes(output) ? variable : []))),
    };
  };
  return new Map(document.nodes.map((node) => [node.id, useOf(node)]));
}

/** Where a walk begins, and which nodes it stays in. */
export interface Walk {
  readonly document: FlowDocument;
  readonly uses: NodeUses;
  readonly from: readonly string[];
  readonly within: (id: string) => boolean;
  /** Cords out of what it stays in count as reading the variable. */
  readonly leavingReads: boolean;
}

/** Whether some way comes to a node that reads a variable before anything has surely set it. Each output is possible. */
export function isReadBeforeSet(variable: string, { document, uses, from, within, leavingReads }: Walk): boolean {
  const seen = new Set(from.filter(within));
  for (const id of seen) {
    const use = uses.get(id);
    if (!use || use.reads.has(variable)) return true;
    const node = document.nodes.find((one) => one.id === id);
    const fallbacks = (node && use.facts.fallbacks?.(node.config)) ?? {};
    for (const edge of document.edges) {
      if (edge.from !== id) continue;
      const through = [
        edge.output,
        ...Object.keys(fallbacks).filter((output) => fallsOn(fallbacks, output, edge.output)),
      ];
      if (through.every((output) => use.surely(output).has(variable))) continue;
      if (within(edge.to)) seen.add(edge.to);
      else if (leavingReads) return true;
    }
  }
  return false;
}

function fallsOn(fallbacks: Readonly<Record<string, string>>, from: string, on: string): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = from; at !== undefined && !seen.has(at); at = fallbacks[at]) {
    if (at === on) return true;
    seen.add(at);
  }
  return false;
}

/** The nodes that calls may come to from some nodes, themselves among them. */
export function reachedFrom({ edges }: FlowDocument, from: readonly string[]): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const edge of edges) next.set(edge.from, [...(next.get(edge.from) ?? []), edge.to]);
  const seen = new Set(from);
  for (const id of seen) for (const to of next.get(id) ?? []) seen.add(to);
  return seen;
}

/** The nodes that calls are led to from wherever they are: by keys, and when something fails. */
export const ledAnywhere = ({ keys, onError }: FlowDocument): readonly string[] => [
  ...Object.values(keys),
  ...(onError === null ? [] : [onError]),
];
