import type { EditCommand } from "./edit-command.ts";
import type { FlowEdge, FlowNode } from "./flow-document.ts";

/**
 * The command that puts a new node into an edge: what led on leads to the node, and the node leads on by `output` (null: it has none, or
 * none that should). One command, so one step back.
 */
export function insertOnEdge(
  edge: FlowEdge,
  node: FlowNode,
  output: string | null,
  position: readonly [number, number] | null,
): EditCommand {
  return {
    type: "several",
    commands: [
      { type: "addNode", node, edges: [], position },
      { type: "connect", from: edge.from, output: edge.output, to: node.id },
      ...(output === null ? [] : [{ type: "connect", from: node.id, output, to: edge.to } as const]),
    ],
  };
}
