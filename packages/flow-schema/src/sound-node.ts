import type { FlowNode } from "./flow-document.ts";
import type { NodeTypeFacts } from "./node-type-registry.ts";

/** A node whose type is known and whose settings have the type's shape: the only ones that a node type is asked about. */
export interface SoundNode {
  readonly node: FlowNode;
  readonly index: number;
  readonly facts: NodeTypeFacts;
  readonly outputs: readonly string[];
}
