import type { TraceEvent } from "@cordboard/api";
import type { FlowDocument } from "@cordboard/flow-schema";
import type { CanvasMark, CanvasMarks } from "../editor/canvas/marks.ts";
import { edgeId } from "../editor/model/drawing.ts";

/** Where a call was at one of its steps, and how it came there. */
export interface ReplayedPlace {
  /** The node of the drawing; null: it has left the drawing, or is on the engine's own last steps. */
  readonly here: string | null;
  /** An operator passed it on: from here on it is in another flow. */
  readonly left: boolean;
  readonly marks: CanvasMarks;
}

/** Told from the call's trace up to its step `at` (an index). What runs inside a sub-flow is shown on the node that runs it. */
export function replayedPlace(
  { entry, nodes: drawn }: Pick<FlowDocument, "entry" | "nodes">,
  events: readonly TraceEvent[],
  at: number,
): ReplayedPlace {
  const nodes = new Map<string, CanvasMark>();
  const times = new Map<string, number>();
  let here: string | null = entry;
  let left = false;
  for (const { kind, nodeId, details } of events.slice(0, at + 1)) {
    if (kind === "passedOn" || kind === "leftOnHold") left = true;
    if (left) break;
    if (nodeId !== null) here = outer(nodeId);
    if (here !== null) nodes.set(here, { tone: "walked" });
    if (kind !== "moved" || nodeId === null) continue;
    const to = typeof details.to === "string" ? outer(details.to) : null;
    const output = String(details.output ?? "");
    if (!nodeId.includes("/")) {
      const cord = edgeId({ from: nodeId, output });
      times.set(cord, (times.get(cord) ?? 0) + 1);
    }
    if (to === null) continue;
    here = to;
    nodes.set(to, { tone: "walked" });
  }
  const place = left || !drawn.some(({ id }) => id === here) ? null : here;
  if (place !== null) nodes.set(place, { tone: "here" });
  const cords = [...times].map(([cord, count]): [string, CanvasMark] => [
    cord,
    { tone: "walked", ...(count > 1 && { text: `×${count}` }) },
  ]);
  return { here: place, left, marks: { nodes, cords: new Map(cords), fadesOthers: true } };
}

/** The step at which a call is in a node next after `at`, else for the first time; null: it never was. */
export function stepIn(
  flow: Pick<FlowDocument, "entry" | "nodes">,
  events: readonly TraceEvent[],
  at: number,
  nodeId: string,
): number | null {
  const isThere = (index: number) => replayedPlace(flow, events, index).here === nodeId;
  const order = events.map((_, index) => (at + 1 + index) % events.length);
  return order.find(isThere) ?? null;
}

const outer = (path: string): string => path.split("/")[0] ?? path;
