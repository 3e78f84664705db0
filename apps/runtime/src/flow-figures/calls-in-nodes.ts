import type { FlowLive } from "@cordboard/api";
import type { CallDocument } from "../calls/model.ts";
import { outerNode } from "../calls/outer-node.ts";

/** What says where a call stands. */
export interface StandingCall {
  readonly versionId: string | null;
  readonly snapshot: { readonly node: { readonly id: string } | null } | null;
  readonly nodeSince?: number;
  readonly startedAt: number;
  readonly leg: Pick<NonNullable<CallDocument["leg"]>, "state"> | null;
}

/** How many calls are in each node of each version, and for how long; what is on the engine's own last steps is in none. Pure. */
export function callsInNodes(calls: readonly StandingCall[], now: number): FlowLive["nodes"] {
  const nodes = new Map<string, FlowLive["nodes"][number]>();
  for (const { versionId, snapshot, nodeSince, startedAt, leg } of calls) {
    const inside = snapshot?.node?.id;
    if (inside === undefined) continue;
    const nodeId = outerNode(inside);
    const key = `${versionId} ${nodeId}`;
    const known = nodes.get(key) ?? { versionId, nodeId, calls: 0, talking: 0, longestMs: null };
    const talks = leg?.state === "talking";
    const ms = Math.max(0, now - (nodeSince ?? startedAt));
    nodes.set(key, {
      ...known,
      calls: known.calls + 1,
      talking: known.talking + (talks ? 1 : 0),
      longestMs: talks ? known.longestMs : Math.max(known.longestMs ?? 0, ms),
    });
  }
  return [...nodes.values()];
}
