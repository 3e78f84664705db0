import type { FlowDocument } from "@cordboard/flow-schema";
import type { XYPosition } from "@xyflow/react";
import type { DrawnNode } from "./drawing.ts";
import { type Boxed, framed } from "./drawn-groups.ts";
import { noteIn } from "./drawn-ids.ts";
import type { EditorCommand } from "./editor-command.ts";

/**
 * The commands that write down where things were dragged to. A folded box takes its nodes along. `chosen`: the nodes that were meant; of others
 * those that had no place yet are not moved by being drawn somewhere.
 */
export function movedCommands(
  document: FlowDocument,
  drawn: readonly DrawnNode[],
  chosen: ReadonlySet<string>,
): readonly EditorCommand[] {
  return drawn.flatMap((one): readonly EditorCommand[] => {
    const [x, y] = [Math.round(one.position.x), Math.round(one.position.y)];
    switch (one.type) {
      case "card":
        return document.layout[one.id] || chosen.has(one.id) ? moveTo(document, one.id, [x, y]) : [];
      case "note":
        return placeNote(document, one.data.noteId, { x, y });
      case "box": {
        const places = one.data.members.map((id) => document.layout[id] ?? [0, 0]);
        const right = x - Math.min(...places.map(([left = 0]) => left));
        const down = y - Math.min(...places.map(([, top = 0]) => top));
        return one.data.members.flatMap((id) => moveBy(document, id, [right, down]));
      }
      default:
        return [];
    }
  });
}

/** The commands that shift what is chosen: nodes, and comments by their keys. */
export function shiftCommands(
  document: FlowDocument,
  chosen: Iterable<string>,
  by: readonly [number, number],
): readonly EditorCommand[] {
  return [...chosen].flatMap((key) => {
    const note = noteIn(key);
    if (note === null) return moveBy(document, key, by);
    const [x = 0, y = 0] = document.layout[note] ?? [];
    return placeNote(document, note, { x: x + by[0], y: y + by[1] });
  });
}

/** The commands that put a comment somewhere, or make it another size. */
export function placeNote(
  document: FlowDocument,
  id: string,
  to: Partial<XYPosition & { readonly width: number; readonly height: number }>,
): readonly EditorCommand[] {
  const note = Object.hasOwn(document.notes, id) ? document.notes[id] : undefined;
  if (!note) return [];
  const [x = 0, y = 0, width = 220, height = 96] = document.layout[id] ?? [];
  const place = [to.x ?? x, to.y ?? y, to.width ?? width, to.height ?? height].map(Math.round);
  const stays = place.every((value, at) => value === document.layout[id]?.[at]);
  return stays ? [] : [{ type: "setNote", id, note, place }];
}

function moveBy(document: FlowDocument, id: string, [right, down]: readonly [number, number]) {
  const [x = 0, y = 0] = document.layout[id] ?? [];
  return right === 0 && down === 0 ? [] : moveTo(document, id, [x + right, y + down]);
}

function moveTo({ layout }: FlowDocument, id: string, position: readonly [number, number]): readonly EditorCommand[] {
  const [x, y] = layout[id] ?? [];
  return x === position[0] && y === position[1] ? [] : [{ type: "moveNode", id, position }];
}

/**
 * What is drawn after React Flow changed it from `before`: nodes of a frame that is dragged come along, and each frame is drawn around where its
 * nodes are now. `moves`: what React Flow moves itself.
 */
export function withFrames(
  before: readonly DrawnNode[],
  after: readonly DrawnNode[],
  moves: ReadonlySet<string>,
): readonly DrawnNode[] {
  if (!after.some(({ type }) => type === "frame")) return after;
  const was = new Map(before.map((one) => [one.id, one]));
  const shifts = new Map<string, XYPosition>();
  for (const frame of after) {
    const old = was.get(frame.id);
    if (frame.type !== "frame" || !old || !moves.has(frame.id)) continue;
    const by = { x: frame.position.x - old.position.x, y: frame.position.y - old.position.y };
    for (const id of frame.data.members) if (!moves.has(id)) shifts.set(id, by);
  }
  const shifted = after.map((one): DrawnNode => {
    const by = one.type === "card" ? shifts.get(one.id) : undefined;
    if (!by || (by.x === 0 && by.y === 0)) return one;
    return { ...one, position: { x: one.position.x + by.x, y: one.position.y + by.y } };
  });
  const cards = new Map<string, Boxed>(shifted.map((one) => [one.id, one]));
  return shifted.map((one) => (one.type === "frame" ? framed(one, cards) : one));
}
