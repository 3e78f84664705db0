import type { CallDocument, TraceEvent } from "../calls/model.ts";
import { outerNode, staysInside } from "../calls/outer-node.ts";

/** One visit of a node. */
export interface NodeVisit {
  readonly nodeId: string;
  /** Null: the call is there. */
  readonly ms: number | null;
  /** The way out that it took; null: the call ended there, was passed on, or took the flow's error path. */
  readonly output: string | null;
}

/** So many visits are told of a call, the first ones: what goes round more often than that has run away. Its trace has them all. */
const MOST_VISITS = 300;

type Way = Pick<CallDocument, "flowId" | "direction" | "startedAt" | "answeredAt" | "endedAt" | "firstNode">;

/**
 * The way of a call through the flow that it came in on, told from its trace, until it ends or an operator passes it on. What runs inside a
 * sub-flow is one visit of the node that runs it. Pure.
 */
export function wayOfCall(call: Way, events: readonly TraceEvent[]): readonly NodeVisit[] {
  if (call.flowId === null) return [];
  const visits: NodeVisit[] = [];
  let here: { readonly nodeId: string | null; readonly since: number } | null = {
    nodeId: call.firstNode ?? null,
    // Until somebody picks up, a call that we place is in no flow.
    since: (call.direction === "outbound" ? call.answeredAt : null) ?? call.startedAt,
  };
  const close = (at: number | null, output: string | null, from: string | null = null) => {
    const nodeId = from ?? here?.nodeId ?? null;
    if (here && nodeId !== null) visits.push({ nodeId, ms: at === null ? null : Math.max(0, at - here.since), output });
    here = null;
  };
  for (const { kind, at, nodeId: from, details } of events) {
    if (kind === "flow.failed") {
      // Where the flow's error path leads is told by where the call goes on from.
      close(at, null);
      here = { nodeId: null, since: at };
    }
    if (kind === "passedOn" || kind === "leftOnHold") {
      close(at, null);
      break;
    }
    if (kind !== "moved" || from === null || here === null) continue;
    const to = typeof details.to === "string" ? details.to : null;
    if (staysInside(from, to)) continue;
    const left = outerNode(from);
    if (here.nodeId !== null && here.nodeId !== left) {
      close(at, null);
      here = { nodeId: left, since: at };
    }
    // An end inside a sub-flow is no way out of the node that runs it.
    close(at, from.includes("/") ? null : String(details.output ?? ""), left);
    here = to === null ? null : { nodeId: outerNode(to), since: at };
  }
  close(call.endedAt, null);
  return visits.slice(0, MOST_VISITS);
}

export const wayText = (way: readonly NodeVisit[]): string =>
  JSON.stringify(way.map(({ nodeId, ms, output }) => [nodeId, ms, output]));

export function readWay(text: string | undefined): readonly NodeVisit[] {
  if (text === undefined) return [];
  const visits = JSON.parse(text) as readonly (readonly [string, number | null, string | null])[];
  return visits.map(([nodeId, ms, output]) => ({ nodeId, ms, output }));
}
