import type { FlowDocument, FlowNode } from "@cordboard/flow-schema";
import type { SizeOf } from "./align.ts";
import type { EditorCommand } from "./editor-command.ts";

/** The size of a card where it has not been measured, px. */
const usual = { width: 200, height: 140 };

/**
 * The commands that put every node in its place, from left to right as calls go; `only`: these alone, beginning where the upper left one of them
 * stands, and every other stays where its author put it. The layout program is only fetched now.
 */
export async function arrangeCommands(
  document: FlowDocument,
  sizeOf: SizeOf,
  only: ReadonlySet<string> | null = null,
): Promise<readonly EditorCommand[]> {
  const { Graph, layout } = await import("@dagrejs/dagre");
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 40, ranksep: 90 });
  graph.setDefaultEdgeLabel(() => ({}));
  // Calls begin at the left: dagre keeps the order in which it learns of nodes.
  const first = (node: FlowNode) => (node.id === document.entry ? 0 : 1);
  const nodes = document.nodes.filter(({ id }) => only === null || only.has(id));
  for (const { id } of [...nodes].sort((a, b) => first(a) - first(b))) {
    graph.setNode(id, { ...(sizeOf(id) ?? usual) });
  }
  for (const { from, to } of document.edges) if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to);
  layout(graph);
  const places = nodes.map(({ id }) => {
    const { x = 0, y = 0, width = usual.width, height = usual.height } = graph.node(id);
    return { id, x: x - width / 2, y: y - height / 2 };
  });
  const corner = (axis: "x" | "y") => {
    if (only === null || places.length === 0) return 0;
    const before = nodes.map(({ id }) => document.layout[id]?.[axis === "x" ? 0 : 1] ?? 0);
    return Math.min(...before) - Math.min(...places.map((place) => place[axis]));
  };
  const [right, down] = [corner("x"), corner("y")];
  return places.map(({ id, x, y }) => ({
    ...{ type: "moveNode", id },
    position: [Math.round(x + right), Math.round(y + down)],
  }));
}
