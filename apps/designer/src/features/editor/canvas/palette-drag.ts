import type { NodeType } from "@cordboard/node-kit";
import { registry } from "@cordboard/nodes";
import type { DragEvent } from "react";

const kind = "application/x-cordboard-node-type";

/** Marks a drag as one of a node type. */
export function dragNodeType(event: DragEvent, type: NodeType): void {
  event.dataTransfer.setData(kind, type.type);
  event.dataTransfer.effectAllowed = "copy";
}

/** The node type that is dropped; `null` when it is something else. */
export function nodeTypeInDrag(event: DragEvent): NodeType | null {
  const name = event.dataTransfer.getData(kind);
  return currentTypes().find(({ type }) => type === name) ?? null;
}

/** The newest version of each node type: the ones that are offered. */
export function currentTypes(): readonly NodeType[] {
  return registry.all().filter(({ type, typeVersion }) => registry.versions(type).at(-1) === typeVersion);
}
