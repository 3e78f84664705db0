import type { FlowDocument } from "@cordboard/flow-schema";
import type { EditorCommand } from "./editor-command.ts";

/** By which of their sides, or their middles, cards are put in line. */
export const alignments = ["left", "centre", "right", "top", "middle", "bottom"] as const;
export type Alignment = (typeof alignments)[number];

/** Which way cards are given equal spaces. */
export const distributions = ["across", "down"] as const;
export type Distribution = (typeof distributions)[number];

/** Where a card stands and how large it is, px. */
interface Box {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The size of a card, px; what has not been measured counts as an ordinary one. */
export type SizeOf = (id: string) => { readonly width: number; readonly height: number } | undefined;

const usual = { width: 200, height: 140 };

/** The commands that put the chosen cards in line: by the outermost of them, or by the middle of all. */
export function alignCommands(
  document: FlowDocument,
  ids: ReadonlySet<string>,
  sizeOf: SizeOf,
  how: Alignment,
): readonly EditorCommand[] {
  const boxes = boxesOf(document, ids, sizeOf);
  if (boxes.length < 2) return [];
  const left = Math.min(...boxes.map(({ x }) => x));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const top = Math.min(...boxes.map(({ y }) => y));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  const place = ({ x, y, width, height }: Box): readonly [number, number] => {
    switch (how) {
      case "left":
        return [left, y];
      case "centre":
        return [(left + right - width) / 2, y];
      case "right":
        return [right - width, y];
      case "top":
        return [x, top];
      case "middle":
        return [x, (top + bottom - height) / 2];
      case "bottom":
        return [x, bottom - height];
    }
  };
  return moves(boxes, place);
}

/** The commands that leave the two outermost cards where they are, and the same space between all of those chosen. */
export function distributeCommands(
  document: FlowDocument,
  ids: ReadonlySet<string>,
  sizeOf: SizeOf,
  way: Distribution,
): readonly EditorCommand[] {
  const [axis, extent] = way === "across" ? (["x", "width"] as const) : (["y", "height"] as const);
  const boxes = [...boxesOf(document, ids, sizeOf)].sort((a, b) => a[axis] - b[axis] || (a.id < b.id ? -1 : 1));
  const [first] = boxes;
  const last = boxes.at(-1);
  if (!first || !last || boxes.length < 3) return [];
  const taken = boxes.reduce((sum, box) => sum + box[extent], 0);
  const space = (last[axis] + last[extent] - first[axis] - taken) / (boxes.length - 1);
  const starts = new Map<string, number>();
  let next = first[axis];
  for (const box of boxes) {
    starts.set(box.id, next);
    next += box[extent] + space;
  }
  return moves(boxes, ({ id, x, y }) => (way === "across" ? [starts.get(id) ?? x, y] : [x, starts.get(id) ?? y]));
}

function boxesOf({ nodes, layout }: FlowDocument, ids: ReadonlySet<string>, sizeOf: SizeOf): readonly Box[] {
  return nodes
    .filter(({ id }) => ids.has(id))
    .map(({ id }) => {
      const [x = 0, y = 0] = layout[id] ?? [];
      return { id, x, y, ...(sizeOf(id) ?? usual) };
    });
}

function moves(boxes: readonly Box[], place: (box: Box) => readonly [number, number]): readonly EditorCommand[] {
  return boxes.flatMap((box) => {
    const [x, y] = place(box).map(Math.round) as [number, number];
    return x === box.x && y === box.y ? [] : [{ type: "moveNode", id: box.id, position: [x, y] } as const];
  });
}
