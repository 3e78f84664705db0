import { type AnnotationColour, type FlowDocument, type FlowGroup, soundGroups } from "@cordboard/flow-schema";
import type { Node } from "@xyflow/react";
import { groupKey } from "./drawn-ids.ts";

/** What a reader folds and unfolds without changing the flow: who only looks at it, or is led to a node inside. By group id. */
export type Folds = ReadonlyMap<string, boolean>;
export const noFolds: Folds = new Map();

/** A group that is open: a frame around its nodes, which stand where they stand. */
export type FrameNode = Node<
  {
    readonly groupId: string;
    readonly title: string;
    readonly colour: AnnotationColour;
    readonly members: readonly string[];
  },
  "frame"
>;

/** A group that is folded: one box, with the cords that go in and out. */
export type BoxNode = Node<
  {
    readonly groupId: string;
    readonly title: string;
    readonly colour: AnnotationColour;
    readonly members: readonly string[];
    readonly isEntry: boolean;
    readonly leads: boolean;
  },
  "box"
>;

/** A document's groups as they are to be drawn. */
export interface DrawnGroups {
  readonly open: readonly (readonly [id: string, group: FlowGroup])[];
  readonly folded: readonly (readonly [id: string, group: FlowGroup])[];
  /** Node id → the key of the box that it is hidden in. */
  readonly hidden: ReadonlyMap<string, string>;
}

const noGroups: DrawnGroups = { open: [], folded: [], hidden: new Map() };

/** Whether a group is folded for who looks at it now. */
export function isFolded({ groups }: FlowDocument, id: string, folds: Folds): boolean {
  return folds.get(id) ?? (Object.hasOwn(groups, id) && groups[id]?.folded === true);
}

export function drawnGroups(document: FlowDocument, folds: Folds): DrawnGroups {
  if (Object.keys(document.groups).length === 0) return noGroups;
  const ids = new Set(document.nodes.map(({ id }) => id));
  const all = Object.entries(soundGroups(document.groups, (id) => ids.has(id)));
  const folded = all.filter(([id]) => isFolded(document, id, folds));
  const hidden = new Map(folded.flatMap(([id, { nodes }]) => nodes.map((node) => [node, groupKey(id)] as const)));
  return { open: all.filter((one) => !folded.includes(one)), folded, hidden };
}

/** What a frame leaves free around its nodes, px; at the top stands its title. */
const around = { left: 36, top: 52, right: 28, bottom: 24 };
/** The size of a card that has not been measured. */
const usual = { width: 200, height: 140 };

export type Boxed = Pick<Node, "id" | "position" | "measured">;

/** A frame drawn around where its nodes stand now; where that is the same, the very same frame. `cards`: by node id. */
export function framed(frame: FrameNode, cards: ReadonlyMap<string, Boxed>): FrameNode {
  let [left, top, right, bottom] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const id of frame.data.members) {
    const card = cards.get(id);
    if (!card) continue;
    const { x, y } = card.position;
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + (card.measured?.width ?? usual.width));
    bottom = Math.max(bottom, y + (card.measured?.height ?? usual.height));
  }
  if (left > right) return frame;
  const position = { x: left - around.left, y: top - around.top };
  const width = right - left + around.left + around.right;
  const height = bottom - top + around.top + around.bottom;
  const isSame =
    frame.position.x === position.x &&
    frame.position.y === position.y &&
    frame.width === width &&
    frame.height === height;
  return isSame ? frame : { ...frame, position, width, height };
}

/** Where a folded box stands: where the upper left corner of its nodes does. */
export function cornerOf(members: readonly string[], placeOf: (id: string) => readonly [number, number]) {
  const places = members.map(placeOf);
  return { x: Math.min(...places.map(([x]) => x)), y: Math.min(...places.map(([, y]) => y)) };
}
