import type { FoundPath } from "@cordboard/flow-schema";
import type { CanvasMark, CanvasMarks } from "../canvas/marks.ts";
import { edgeId } from "../model/drawing.ts";

/** By path: what is shown is told from other marks by being the same object. */
const known = new WeakMap<FoundPath, CanvasMarks>();
const ours = new WeakSet<CanvasMarks>();

/** The path of a finding as marks on the drawing: the nodes and cords it goes along, the keys that are pressed, and where it ends. */
export function pathMarks(path: FoundPath): CanvasMarks {
  const before = known.get(path);
  if (before) return before;
  const nodes = new Map<string, CanvasMark>();
  const cords = new Map<string, CanvasMark>();
  for (const [at, { node, output, phases }] of path.moves.entries()) {
    nodes.set(node, { tone: at === path.moves.length - 1 ? "here" : "walked" });
    if (output === null) continue;
    const keys = phases.flatMap((phase) => ("keys" in phase ? [phase.keys] : [])).join(" ");
    cords.set(edgeId({ from: node, output }), { tone: "walked", ...(keys !== "" && { text: keys }) });
  }
  const marks = { nodes, cords, fadesOthers: true };
  known.set(path, marks);
  ours.add(marks);
  return marks;
}

/** Whether marks show the path of some finding. */
export function isPathMarks(marks: CanvasMarks | null): boolean {
  return marks !== null && ours.has(marks);
}
