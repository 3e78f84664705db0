import type { FlowHistory, FlowLive } from "@cordboard/api";
import type { CanvasMark, CanvasMarks } from "../editor/canvas/marks.ts";
import { edgeId } from "../editor/model/drawing.ts";

/** How the figures on the drawing are written. */
export interface FigureWords {
  number(value: number): string;
  /** Of 0 to 1. */
  share(value: number): string;
  duration(ms: number): string;
  hungUp(count: number): string;
  readonly talking: string;
}

/** What waits so long is as warm as can be, and what waits shorter than the other is not warm yet. */
const [COOL_MS, WARM_MS] = [10_000, 600_000];

/** How warm a wait is, 0 to 1: each doubling counts alike, for half a minute matters more at the beginning than after ten. */
export function heatOf(ms: number | null): number {
  if (ms === null || ms <= COOL_MS) return 0;
  return Math.min(1, Math.log(ms / COOL_MS) / Math.log(WARM_MS / COOL_MS));
}

export type LiveNode = Omit<FlowLive["nodes"][number], "versionId">;

/** The nodes of one version, or of all of them together. */
export function liveNodes(live: FlowLive, versionId: string | null): readonly LiveNode[] {
  const nodes = new Map<string, LiveNode>();
  for (const { versionId: of, nodeId, calls, talking, longestMs } of live.nodes) {
    if (versionId !== null && of !== versionId) continue;
    const known = nodes.get(nodeId) ?? { nodeId, calls: 0, talking: 0, longestMs: null };
    nodes.set(nodeId, {
      nodeId,
      calls: known.calls + calls,
      talking: known.talking + talking,
      longestMs: longestMs === null ? known.longestMs : Math.max(known.longestMs ?? 0, longestMs),
    });
  }
  return [...nodes.values()].sort((a, b) => (b.longestMs ?? -1) - (a.longestMs ?? -1));
}

/** Calls in each node now, the warmer the longer somebody has waited there. */
export function liveMarks(nodes: readonly LiveNode[], words: FigureWords): CanvasMarks {
  return {
    nodes: new Map(
      nodes.map(({ nodeId, calls, longestMs }): [string, CanvasMark] => [
        nodeId,
        {
          tone: "heat",
          level: heatOf(longestMs),
          text: [words.number(calls), longestMs === null ? words.talking : words.duration(longestMs)].join(" · "),
        },
      ]),
    ),
    cords: new Map(),
    fadesOthers: false,
  };
}

/** Visits, times and hang-ups at nodes, counts and shares on cords. What no call came by steps back. */
export function historyMarks({ nodes, ways }: Pick<FlowHistory, "nodes" | "ways">, words: FigureWords): CanvasMarks {
  const visits = new Map(nodes.map((node) => [node.nodeId, node.visits]));
  const worst = nodes.reduce((most, node) => Math.max(most, shareOf(node.hungUp, node.visits)), 0);
  return {
    nodes: new Map(
      nodes.map(({ nodeId, visits, hungUp, medianMs }): [string, CanvasMark] => [
        nodeId,
        {
          tone: "heat",
          level: worst === 0 ? 0 : shareOf(hungUp, visits) / worst,
          text: [
            words.number(visits),
            ...(medianMs === null ? [] : [words.duration(medianMs)]),
            ...(hungUp === 0 ? [] : [words.hungUp(hungUp)]),
          ].join(" · "),
        },
      ]),
    ),
    cords: new Map(
      ways.map(({ from, output, count }): [string, CanvasMark] => [
        edgeId({ from, output }),
        { tone: "walked", text: `${words.number(count)} · ${words.share(shareOf(count, visits.get(from) ?? 0))}` },
      ]),
    ),
    fadesOthers: true,
  };
}

export const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
