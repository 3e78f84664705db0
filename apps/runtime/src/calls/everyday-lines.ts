import type { EverydayUse } from "../ports/index.ts";

/** Names, in a call's trace, the values that it runs with: with them and the flow's version a replay is exact. */
export function everydayLines(everyday: readonly EverydayUse[], at: number) {
  return everyday.map(({ flowId, everydayId, number }) => ({
    ...{ at, kind: "everyday", nodeId: null },
    details: { flow: flowId, everydayId, number },
  }));
}
