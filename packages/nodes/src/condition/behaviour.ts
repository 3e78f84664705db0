import type { NodeStates, Steps } from "@cordboard/node-kit";
import type { ConditionConfig } from "./config.ts";

/** Goes by the first branch whose expression is true. One that cannot be worked out is noted in the trace and counts as not true. */
export function conditionStates({ branches }: ConditionConfig, steps: Steps): NodeStates {
  const { choose, chosen, advance, leaveBy } = steps;
  return {
    entry: [choose(branches.map(({ id, when }) => ({ id, expression: when }))), advance],
    on: {
      advance: [...branches.map(({ id }) => ({ guard: chosen(id), target: leaveBy(id) })), leaveBy("otherwise")],
    },
  };
}
