import type { FlowHistory } from "@cordboard/api";
import type { CallRecord } from "../call-records/index.ts";
import type { NodeVisit } from "../call-records/way-of-call.ts";
import { add, addTally, type Tally } from "./tally.ts";

/** Visits of a node. Names are short: there are thousands of these in a year's sums. */
interface NodeSums {
  /** How many visits. */
  v: number;
  /** Callers who hung up in it and had talked to nobody. */
  h?: number;
  /** By class of time: how many visits, and their milliseconds together. */
  readonly t: Record<string, [count: number, ms: number]>;
}

/** What calls did in one version of a flow. Two of them add up to that of both stretches of time. */
export interface WaySums {
  calls: number;
  readonly nodes: Record<string, NodeSums>;
  /** By `node|output`. */
  readonly ways: Tally;
}

export const emptyWays = (): WaySums => ({ calls: 0, nodes: {}, ways: {} });

/** Three classes for each doubling: a median is the mean of its class, so it is exact where all visits last alike, and else nearly right. */
const classOf = (ms: number): number => (ms < 100 ? 0 : 1 + Math.floor(3 * Math.log2(ms / 100)));

export function addWay(sums: WaySums, way: readonly NodeVisit[], { exit }: Pick<CallRecord, "exit">): void {
  sums.calls += 1;
  for (const { nodeId, ms, output } of way) {
    const node = nodeOf(sums, nodeId);
    node.v += 1;
    if (ms !== null) addTime(node, classOf(ms), 1, ms);
    if (output !== null) add(sums.ways, `${nodeId}|${output}`);
  }
  const last = way.at(-1);
  // Who hung up in a flow that an operator had passed them to did so in no node of this one.
  if (!last || !exit || exit.flowId !== undefined) return;
  const node = nodeOf(sums, last.nodeId);
  node.h = (node.h ?? 0) + 1;
}

export function addWays(sums: WaySums, more: WaySums): void {
  sums.calls += more.calls;
  for (const nodeId in more.nodes) {
    const theirs = more.nodes[nodeId];
    if (!theirs) continue;
    const node = nodeOf(sums, nodeId);
    node.v += theirs.v;
    if (theirs.h) node.h = (node.h ?? 0) + theirs.h;
    for (const key in theirs.t) addTime(node, key, ...(theirs.t[key] ?? ([0, 0] as const)));
  }
  addTally(sums.ways, more.ways);
}

/** What sums say, node by node and way by way, the most frequent first. */
export function waysOf({ calls, nodes, ways }: WaySums): Pick<FlowHistory, "calls" | "nodes" | "ways"> {
  return {
    calls,
    nodes: Object.entries(nodes)
      .map(([nodeId, { v, h = 0, t }]) => ({ nodeId, visits: v, hungUp: h, medianMs: medianOf(t) }))
      .sort((a, b) => b.visits - a.visits || (a.nodeId < b.nodeId ? -1 : 1)),
    ways: Object.entries(ways)
      .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
      .map(([key, count]) => {
        const [from = "", output = ""] = key.split("|");
        return { from, output, count };
      }),
  };
}

function nodeOf({ nodes }: WaySums, nodeId: string): NodeSums {
  nodes[nodeId] ??= { v: 0, t: {} };
  return nodes[nodeId];
}

function addTime({ t }: NodeSums, key: string | number, count: number, ms: number): void {
  const [counted, together] = t[key] ?? [0, 0];
  t[key] = [counted + count, together + ms];
}

/** Keys that are whole numbers come in their order. */
function medianOf(times: NodeSums["t"]): number | null {
  const classes = Object.values(times);
  const total = classes.reduce((sum, [count]) => sum + count, 0);
  let passed = 0;
  for (const [count, ms] of classes) {
    passed += count;
    if (passed * 2 >= total) return Math.round(ms / count);
  }
  return null;
}
