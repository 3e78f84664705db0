import { expect, test } from "vitest";
import { callsInNodes, type StandingCall } from "./calls-in-nodes.ts";

const now = 1_000_000;
const call = (fields: Partial<StandingCall> & { in?: string }): StandingCall => ({
  ...{ versionId: "v1", snapshot: { node: { id: fields.in ?? "desk" } }, startedAt: now - 90_000, leg: null },
  ...fields,
});

test("calls are counted by node and version; who talks does not wait", () => {
  const nodes = callsInNodes(
    [
      call({ nodeSince: now - 20_000 }),
      call({ nodeSince: now - 60_000, leg: { state: "talking" } }),
      call({ nodeSince: now - 30_000, leg: { state: "ringing" } }),
      call({ versionId: "v2", leg: { state: "talking" } }),
    ],
    now,
  );
  expect(nodes).toEqual([
    { versionId: "v1", nodeId: "desk", calls: 3, talking: 1, longestMs: 30_000 },
    { versionId: "v2", nodeId: "desk", calls: 1, talking: 1, longestMs: null },
  ]);
});

test("inside a sub-flow a call is in the node that runs it; a call of an earlier release is there since it began", () => {
  expect(callsInNodes([call({ in: "sub/ask" }), call({ snapshot: { node: null } })], now)).toEqual([
    { versionId: "v1", nodeId: "sub", calls: 1, talking: 0, longestMs: 90_000 },
  ]);
});
