import { diffFlows, type EdgeChange, type FlowDocument } from "@cordboard/flow-schema";
import type { CanvasMark, CanvasMarks } from "../editor/canvas/marks.ts";
import { edgeId } from "../editor/model/drawing.ts";
import { outputsOf } from "../editor/model/node-facts.ts";
import type { Difference, Tone } from "./differences-of.ts";

/** How far down a node that is gone steps aside when another stands where it stood. */
const aside = 130;
const [width, height] = [200, 100];

/**
 * Both flows on one drawing: the newer one, with what is gone where it was. A cord that leads elsewhere now is drawn where it leads; one
 * whose output is gone with a setting has no jack to be drawn from. Pure.
 */
export function drawnTogether(before: FlowDocument, after: FlowDocument): FlowDocument {
  const there = new Set(after.nodes.map(({ id }) => id));
  const gone = before.nodes.filter(({ id }) => !there.has(id));
  if (gone.length === 0 && before.edges.length === 0) return after;
  const nodes = [...after.nodes, ...gone];
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const taken = new Set(after.edges.map(edgeId));
  const together: FlowDocument = {
    ...after,
    // What is gone still says what it said.
    prompts: { ...before.prompts, ...after.prompts },
    variables: { ...before.variables, ...after.variables },
    nodes,
    layout: { ...after.layout, ...placesOf(gone, before, after) },
  };
  const edges = before.edges.filter((edge) => {
    const node = byId.get(edge.from);
    if (taken.has(edgeId(edge)) || !node || !byId.has(edge.to)) return false;
    return !there.has(edge.from) || outputsOf(node, after).includes(edge.output);
  });
  return { ...together, edges: [...after.edges, ...edges] };
}

function placesOf(gone: FlowDocument["nodes"], before: FlowDocument, after: FlowDocument): FlowDocument["layout"] {
  const taken = Object.values(after.layout);
  return Object.fromEntries(
    gone.flatMap(({ id }) => {
      const [x, y] = before.layout[id] ?? [];
      if (x === undefined || y === undefined) return [];
      let down = y;
      const meets = ([otherX = 0, otherY = 0]: readonly number[]) =>
        Math.abs(otherX - x) < width && Math.abs(otherY - down) < height;
      for (let tries = 0; tries < 20 && taken.some(meets); tries++) down += aside;
      taken.push([x, down]);
      return [[id, [x, down]]];
    }),
  );
}

/** What the drawing tells of the differences: cards by their word, cords by theirs where no card beside them says it. Pure. */
export function differenceMarks(
  before: FlowDocument,
  after: FlowDocument,
  differences: readonly Difference[],
  word: (tone: Tone) => string,
): CanvasMarks {
  const nodes = new Map(
    differences.flatMap(({ node, tone }): [string, CanvasMark][] =>
      node === null ? [] : [[node, { tone, text: word(tone) }]],
    ),
  );
  const isWhole = (id: string | null) => id !== null && nodes.get(id)?.tone !== "changed" && nodes.has(id);
  const cords = new Map(
    diffFlows(before, after).edges.map((edge): [string, CanvasMark] => {
      const tone = toneOf(edge);
      const told = isWhole(edge.from) || isWhole(edge.after ?? edge.before);
      return [edgeId(edge), told && tone !== "changed" ? { tone } : { tone, text: word(tone) }];
    }),
  );
  return { nodes, cords, fadesOthers: nodes.size + cords.size > 0 };
}

const toneOf = ({ before, after }: Pick<EdgeChange, "before" | "after">): Tone =>
  before === null ? "added" : after === null ? "removed" : "changed";
