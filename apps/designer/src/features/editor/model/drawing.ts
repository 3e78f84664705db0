import type { FlowDocument, FlowEdge, FlowNode } from "@cordboard/flow-schema";
import type { NodeGroup } from "@cordboard/node-kit";
import type { Edge, Node } from "@xyflow/react";
import { typeOf } from "./node-facts.ts";

/** The five groups that readers see, each with its colour. */
export type CardGroup = "say" | "ask" | "route" | "wait" | "end";

const groups: Readonly<Record<NodeGroup, CardGroup>> = {
  say: "say",
  ask: "ask",
  decide: "route",
  reach: "wait",
  operator: "wait",
  end: "end",
};

/** The group of a node type as readers see it. */
export function cardGroup(group: NodeGroup | undefined): CardGroup {
  return group === undefined ? "end" : groups[group];
}

export type CardNode = Node<{ readonly node: FlowNode; readonly isEntry: boolean }, "card">;
export type CordEdge = Edge<{ readonly group: CardGroup }, "cord">;

export interface Drawing {
  readonly nodes: readonly CardNode[];
  readonly edges: readonly CordEdge[];
}

export const emptyDrawing: Drawing = { nodes: [], edges: [] };

/**
 * What React Flow draws of a document. Whatever did not change is the very object of the drawing before, so that only cards that
 * changed are drawn again, also among five hundred.
 */
export function draw(
  document: FlowDocument,
  before: Drawing,
  selected: { readonly nodes: ReadonlySet<string>; readonly edge: string | null },
): Drawing {
  const nodesBefore = new Map(before.nodes.map((one) => [one.id, one]));
  const edgesBefore = new Map(before.edges.map((one) => [one.id, one]));
  const group = new Map(document.nodes.map((node) => [node.id, cardGroup(typeOf(node)?.group)]));
  const nodes = document.nodes.map((node, index): CardNode => {
    const [x = fallback(index).x, y = fallback(index).y] = document.layout[node.id] ?? [];
    const isEntry = document.entry === node.id;
    const isSelected = selected.nodes.has(node.id);
    const old = nodesBefore.get(node.id);
    if (
      old?.data.node === node &&
      old.data.isEntry === isEntry &&
      old.position.x === x &&
      old.position.y === y &&
      old.selected === isSelected
    ) {
      return old;
    }
    const data = old?.data.node === node && old.data.isEntry === isEntry ? old.data : { node, isEntry };
    return { ...old, id: node.id, type: "card", data, position: { x, y }, selected: isSelected, dragging: false };
  });
  const edges = document.edges.map((edge): CordEdge => {
    const id = edgeId(edge);
    const data = { group: group.get(edge.from) ?? "end" };
    const isSelected = selected.edge === id;
    const old = edgesBefore.get(id);
    if (old?.target === edge.to && old.data?.group === data.group && old.selected === isSelected) return old;
    const ends = { source: edge.from, sourceHandle: edge.output, target: edge.to, targetHandle: null };
    return { id, type: "cord", ...ends, data, selected: isSelected };
  });
  // Lists of the very same elements are the same list: React Flow then has nothing to look at.
  return {
    nodes: isSame(nodes, before.nodes) ? before.nodes : nodes,
    edges: isSame(edges, before.edges) ? before.edges : edges,
  };
}

function isSame<Element>(after: readonly Element[], before: readonly Element[]): boolean {
  return after.length === before.length && after.every((element, at) => element === before[at]);
}

/** One edge an output, so these two name it. */
export function edgeId({ from, output }: Pick<FlowEdge, "from" | "output">): string {
  return `${from}/${output}`;
}

/** Where a node without a place stands until it is given one. */
function fallback(index: number): { readonly x: number; readonly y: number } {
  return { x: (index % 6) * 260, y: Math.floor(index / 6) * 220 };
}
