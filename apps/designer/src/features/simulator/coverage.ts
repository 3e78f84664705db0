import type { FlowDocument } from "@cordboard/flow-schema";
import type { TriedScenario } from "@cordboard/simulator/scenario";
import type { CanvasMark, CanvasMarks } from "../editor/canvas/marks.ts";
import { edgeId } from "../editor/model/drawing.ts";

export interface Coverage {
  readonly marks: CanvasMarks;
  /** Of the ways between nodes. */
  readonly walked: number;
  readonly all: number;
}

/** What all scenarios together went along, and what none of them did: the count is of scenarios, not of calls. */
export function coverageOf({ nodes, edges, entry }: FlowDocument, results: readonly TriedScenario[]): Coverage {
  const ways = new Map<string, number>();
  const places = new Map<string, number>();
  const count = (into: Map<string, number>, ids: Iterable<string>) => {
    for (const id of new Set(ids)) into.set(id, (into.get(id) ?? 0) + 1);
  };
  for (const { moves } of results) {
    // What runs inside a node is that node's.
    const outer = moves.filter(({ from }) => !from.includes("/"));
    count(ways, outer.map(edgeId));
    count(places, [entry, ...outer.flatMap(({ from, to }) => (to === null ? [from] : [from, to]))]);
  }
  const mark = (times: number | undefined): CanvasMark =>
    times === undefined ? { tone: "missed" } : { tone: "walked", text: `${times}×` };
  return {
    marks: {
      nodes: new Map(nodes.map(({ id }) => [id, mark(places.get(id))])),
      cords: new Map(edges.map((edge) => [edgeId(edge), mark(ways.get(edgeId(edge)))])),
      fadesOthers: false,
    },
    walked: edges.filter((edge) => ways.has(edgeId(edge))).length,
    all: edges.length,
  };
}
