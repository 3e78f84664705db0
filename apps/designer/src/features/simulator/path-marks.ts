import type { SimStep } from "@cordboard/simulator/scenario";
import type { CanvasMark, CanvasMarks } from "../editor/canvas/marks.ts";
import { edgeId } from "../editor/model/drawing.ts";

/** Where a call went up to one of its steps, for the drawing: what runs inside a node is shown on that node. */
export function pathMarks(steps: readonly SimStep[], looked: number | null): CanvasMarks {
  const seen = looked === null ? steps : steps.filter(({ index }) => index <= looked);
  const times = new Map<string, number>();
  const nodes = new Map<string, CanvasMark>();
  for (const { path, moves } of seen) {
    // Nodes that are gone through at once are only named by the ways between them.
    for (const { from, output, to } of moves) {
      for (const id of [from, to]) if (id !== null) nodes.set(outer(id), { tone: "walked" });
      if (from.includes("/")) continue;
      const cord = edgeId({ from, output });
      times.set(cord, (times.get(cord) ?? 0) + 1);
    }
    const [node] = path;
    if (node !== undefined) nodes.set(node, { tone: "walked" });
  }
  const [here] = seen.at(-1)?.path ?? [];
  if (here !== undefined) nodes.set(here, { tone: "here" });
  const cords = [...times].map(([cord, count]): [string, CanvasMark] => [
    cord,
    { tone: "walked", ...(count > 1 && { text: `×${count}` }) },
  ]);
  return { nodes, cords: new Map(cords), fadesOthers: true };
}

const outer = (id: string): string => id.split("/")[0] ?? id;
