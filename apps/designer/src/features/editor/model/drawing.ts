import type { FlowDocument, FlowEdge, FlowNode, FlowNote } from "@cordboard/flow-schema";
import type { NodeGroup } from "@cordboard/node-kit";
import type { Edge, Node } from "@xyflow/react";
import {
  type BoxNode,
  cornerOf,
  type DrawnGroups,
  drawnGroups,
  type Folds,
  type FrameNode,
  framed,
  noFolds,
} from "./drawn-groups.ts";
import { groupKey, noteKey } from "./drawn-ids.ts";
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
export type NoteNode = Node<{ readonly noteId: string; readonly note: FlowNote }, "note">;
export type DrawnNode = CardNode | NoteNode | FrameNode | BoxNode;
/** `edge`: what is drawn. Into and out of a folded box it is drawn elsewhere than it leads. */
export type CordEdge = Edge<{ readonly group: CardGroup; readonly edge: FlowEdge }, "cord">;

export interface Drawing {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly CordEdge[];
}

export const emptyDrawing: Drawing = { nodes: [], edges: [] };

/** The jack at which all cords leave a folded box. */
export const boxOutput = "out";
/** The size of a comment that says none, px. */
export const noteSize = { width: 220, height: 96 };

interface Selected {
  readonly nodes: ReadonlySet<string>;
  readonly edge: string | null;
}

/**
 * What React Flow draws of a document. Whatever did not change is the very object of the drawing before, so that only cards that
 * changed are drawn again, also among five hundred. What is in a folded group is not drawn at all.
 */
export function draw(document: FlowDocument, before: Drawing, selected: Selected, folds: Folds = noFolds): Drawing {
  const nodesBefore = new Map(before.nodes.map((one) => [one.id, one]));
  const drawn = drawnGroups(document, folds);
  const placeOf = placesOf(document);
  const cards = document.nodes.flatMap((node): readonly CardNode[] => {
    if (drawn.hidden.has(node.id)) return [];
    const [x, y] = placeOf(node.id);
    const isEntry = document.entry === node.id;
    const known = nodesBefore.get(node.id);
    const old = known?.type === "card" ? known : undefined;
    const data = old?.data.node === node && old.data.isEntry === isEntry ? old.data : { node, isEntry };
    return [kept(old, { id: node.id, type: "card", data, position: { x, y }, selected: selected.nodes.has(node.id) })];
  });
  const nodes: readonly DrawnNode[] = [
    ...framesOf(drawn, cards, nodesBefore, selected),
    ...cards,
    ...boxesOf(document, drawn, nodesBefore, selected, placeOf),
    ...notesOf(document, nodesBefore, selected),
  ];
  const edges = cordsOf(document, drawn, before, selected);
  // Lists of the very same elements are the same list: React Flow then has nothing to look at.
  return {
    nodes: isSame(nodes, before.nodes) ? before.nodes : nodes,
    edges: isSame(edges, before.edges) ? before.edges : edges,
  };
}

/** The node before, where nothing of it changed. */
function kept<Drawn extends DrawnNode>(old: Drawn | undefined, now: Drawn): Drawn {
  const stays =
    old !== undefined &&
    old.data === now.data &&
    old.position.x === now.position.x &&
    old.position.y === now.position.y &&
    old.selected === now.selected &&
    (now.width === undefined || (old.width === now.width && old.height === now.height));
  return stays ? old : { ...old, ...now, dragging: false };
}

/** The data before, where it says the same. */
function same<Data extends object>(old: Data | undefined, now: Data): Data {
  return old !== undefined && JSON.stringify(old) === JSON.stringify(now) ? old : now;
}

function framesOf(
  { open }: DrawnGroups,
  cards: readonly CardNode[],
  before: ReadonlyMap<string, DrawnNode>,
  selected: Selected,
): readonly FrameNode[] {
  if (open.length === 0) return [];
  const byId = new Map(cards.map((card) => [card.id, card]));
  return open.map(([groupId, { title, colour, nodes }]) => {
    const id = groupKey(groupId);
    const known = before.get(id);
    const old = known?.type === "frame" ? known : undefined;
    const data = same(old?.data, { groupId, title, colour, members: nodes });
    const isSelected = selected.nodes.has(id);
    const frame: FrameNode =
      old?.data === data && old.selected === isSelected
        ? old
        : {
            ...(old ?? { position: { x: 0, y: 0 }, zIndex: -1, dragHandle: "[data-drag]", style: untouched }),
            ...{ id, type: "frame", data, selected: isSelected },
          };
    return framed(frame, byId);
  });
}

/** What stands in a frame, and the cords under it, are pressed through it. */
const untouched = { pointerEvents: "none" } as const;

function boxesOf(
  document: FlowDocument,
  { folded, hidden }: DrawnGroups,
  before: ReadonlyMap<string, DrawnNode>,
  selected: Selected,
  placeOf: (id: string) => readonly [number, number],
): readonly BoxNode[] {
  if (folded.length === 0) return [];
  const leading = new Set(
    document.edges.flatMap(({ from, to }) => (hidden.get(from) === hidden.get(to) ? [] : (hidden.get(from) ?? []))),
  );
  return folded.map(([groupId, { title, colour, nodes }]) => {
    const id = groupKey(groupId);
    const known = before.get(id);
    const old = known?.type === "box" ? known : undefined;
    const facts = { isEntry: nodes.includes(document.entry), leads: leading.has(id) };
    const data = same(old?.data, { groupId, title, colour, members: nodes, ...facts });
    const position = cornerOf(nodes, placeOf);
    return kept(old, { id, type: "box", data, position, selected: selected.nodes.has(id) });
  });
}

function notesOf(
  { notes, layout }: FlowDocument,
  before: ReadonlyMap<string, DrawnNode>,
  selected: Selected,
): readonly NoteNode[] {
  return Object.entries(notes).map(([noteId, note]) => {
    const id = noteKey(noteId);
    const known = before.get(id);
    const old = known?.type === "note" ? known : undefined;
    const data = old?.data.note === note ? old.data : { noteId, note };
    const [x = 0, y = 0, width = noteSize.width, height = noteSize.height] = layout[noteId] ?? [];
    return kept(old, { id, type: "note", data, position: { x, y }, width, height, selected: selected.nodes.has(id) });
  });
}

function cordsOf(
  document: FlowDocument,
  { hidden }: DrawnGroups,
  before: Drawing,
  selected: Selected,
): readonly CordEdge[] {
  const edgesBefore = new Map(before.edges.map((one) => [one.id, one]));
  const group = new Map(document.nodes.map((node) => [node.id, cardGroup(typeOf(node)?.group)]));
  const fromBoxes = new Set<string>();
  return document.edges.flatMap((edge): readonly CordEdge[] => {
    const id = edgeId(edge);
    const box = hidden.get(edge.from);
    const [source, target] = [box ?? edge.from, hidden.get(edge.to) ?? edge.to];
    if (box !== undefined) {
      // Inside it, or where another cord out of it leads already.
      if (target === box || fromBoxes.has(`${box} ${target}`)) return [];
      fromBoxes.add(`${box} ${target}`);
    }
    const sourceHandle = box === undefined ? edge.output : boxOutput;
    const colour = group.get(edge.from) ?? "end";
    const isSelected = selected.edge === id;
    const old = edgesBefore.get(id);
    if (
      old?.source === source &&
      old.target === target &&
      old.data?.edge.to === edge.to &&
      old.data.group === colour &&
      old.selected === isSelected
    ) {
      return [old];
    }
    const ends = { source, sourceHandle, target, targetHandle: null };
    return [{ id, type: "cord", ...ends, data: { group: colour, edge }, selected: isSelected }];
  });
}

function isSame<Element>(after: readonly Element[], before: readonly Element[]): boolean {
  return after.length === before.length && after.every((element, at) => element === before[at]);
}

/** One edge an output, so these two name it. */
export function edgeId({ from, output }: Pick<FlowEdge, "from" | "output">): string {
  return `${from}/${output}`;
}

/** Where each node stands; without a place, in rows until it is given one. */
function placesOf({ nodes, layout }: FlowDocument): (id: string) => readonly [number, number] {
  const index = new Map(nodes.map(({ id }, at) => [id, at]));
  return (id) => {
    const at = index.get(id) ?? 0;
    const [x = (at % 6) * 260, y = Math.floor(at / 6) * 220] = layout[id] ?? [];
    return [x, y];
  };
}
