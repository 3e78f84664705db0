import type { FlowDocument, FlowNode } from "@cordboard/flow-schema";
import type { EditorCommand } from "./editor-command.ts";

/** The size of a card where it has not been measured, px. */
const usual = { width: 200, height: 140 };

/** The commands that put every node in its place, from left to right as calls go. The layout program is only fetched now. */
export async function arrangeCommands(
  document: FlowDocument,
  sizeOf: (id: string) => { readonly width: number; readonly height: number } | undefined,
): Promise<readonly EditorCommand[]> {
  const { Graph, layout } = await import("@dagrejs/dagre");
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 40, ranksep: 90 });
  graph.setDefaultEdgeLabel(() => ({}));
  // Calls begin at the left: dagre keeps the order in which it learns of nodes.
  const first = (node: FlowNode) => (node.id === document.entry ? 0 : 1);
  for (const { id } of [...document.nodes].sort((a, b) => first(a) - first(b))) {
    graph.setNode(id, { ...(sizeOf(id) ?? usual) });
  }
  for (const { from, to } of document.edges) graph.setEdge(from, to);
  layout(graph);
  return document.nodes.map(({ id }) => {
    const { x = 0, y = 0, width = usual.width, height = usual.height } = graph.node(id);
    return { type: "moveNode", id, position: [Math.round(x - width / 2), Math.round(y - height / 2)] };
  });
}
