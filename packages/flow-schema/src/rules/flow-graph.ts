import { type Finding, finding } from "../finding.ts";
import type { FlowDocument } from "../flow-document.ts";
import type { SoundNode } from "../sound-node.ts";
import type { WayOut } from "../way-out.ts";

/** A flow as calls go through it: what its rules walk along. */
export interface FlowGraph {
  readonly document: FlowDocument;
  /** The nodes whose settings are known, by their place here. */
  readonly nodes: readonly GraphNode[];
  /** The place of the node where calls begin, if it is one of these. */
  readonly entry: number | null;
  placeOf(id: string): number | undefined;
}

export interface GraphNode extends SoundNode {
  readonly exits: readonly Exit[];
  /** What is heard at the end of a call that ends here; null: calls do not end here. */
  readonly end: WayOut | null;
}

/** A way out of a node and where it leads. */
export interface Exit {
  /** An output; `key:9` for a key that works everywhere in the flow. */
  readonly output: string;
  /** The place of the next node; `ends`: the call ends as it should; `lost`: it leads to nothing that is known. */
  readonly to: number | "ends" | "lost";
  /** What happens in the node before; null: nobody can say. */
  readonly way: WayOut | null;
}

const atOnce: WayOut = { phases: [] };

export function createFlowGraph(document: FlowDocument, sound: readonly SoundNode[]): FlowGraph {
  const places = new Map<string, number>();
  sound.forEach(({ node }, place) => {
    if (!places.has(node.id)) places.set(node.id, place);
  });
  const edges = new Map<string, Map<string, string>>();
  for (const { from, output, to } of document.edges) {
    const leaving = edges.get(from) ?? new Map<string, string>();
    if (!leaving.has(output)) leaving.set(output, to);
    edges.set(from, leaving);
  }
  const nodes = sound.map((one): GraphNode => {
    const { node, facts, outputs } = one;
    const leaving = edges.get(node.id) ?? new Map<string, string>();
    const fallbacks = facts.fallbacks?.(node.config) ?? {};
    const quiet = new Set(facts.quietOutputs(node.config));
    const lastResorts = facts.lastResorts?.(node.config) ?? {};
    const ways = facts.ways?.(node.config) ?? null;
    const leads = (output: string): Exit["to"] => {
      const seen = new Set<string>();
      for (let at: string | undefined = output; at !== undefined && !seen.has(at); at = fallbacks[at]) {
        seen.add(at);
        const to = leaving.get(at);
        if (to !== undefined) return places.get(to) ?? "lost";
      }
      return quiet.has(output) || Object.hasOwn(lastResorts, output) ? "ends" : "lost";
    };
    const exits = outputs.map(
      (output): Exit => ({
        output,
        to: leads(output),
        way: ways === null ? null : (ways[output] ?? atOnce),
      }),
    );
    const isEnd = outputs.length === 0 && (facts.exit?.(node.config) ?? null) === null;
    return {
      ...one,
      exits: [...exits, ...keyExits(document, one, ways, places)],
      end: isEnd && ways !== null ? (ways[""] ?? atOnce) : null,
    };
  });
  return { document, nodes, entry: places.get(document.entry) ?? null, placeOf: (id) => places.get(id) };
}

/** Keys of the flow work wherever something is heard, unless the node has a use for them itself. */
function keyExits(
  document: FlowDocument,
  { node, facts }: SoundNode,
  ways: Readonly<Record<string, WayOut>> | null,
  places: ReadonlyMap<string, number>,
): readonly Exit[] {
  const keys = Object.entries(document.keys);
  if (keys.length === 0 || ways === null) return [];
  const [first] = Object.values(ways).find(({ phases }) => phases.length > 0)?.phases ?? [];
  if (first === undefined || !("says" in first || "musicMs" in first)) return [];
  const own = facts.keys?.(node.config) ?? "";
  return keys
    .filter(([key]) => !own.includes(key))
    .map(([key, to]) => ({ output: `key:${key}`, to: places.get(to) ?? "lost", way: { phases: [{ keys: key }] } }));
}

/** Where a finding of a rule is: a node of the graph. A flow may be published with it. */
export function findingAt(
  { node, index }: Pick<GraphNode, "node" | "index">,
  code: Parameters<typeof finding>[0],
  details: Parameters<typeof finding>[2],
  more: Partial<Pick<Finding, "path" | "fixes">> & { readonly pointer?: string },
): Finding {
  const { pointer = "", ...rest } = more;
  const where = { nodeId: node.id, pointer: `/nodes/${index}${pointer}`, severity: "warning" } as const;
  return finding(code, { ...where, ...rest }, { node: node.name, ...details });
}
