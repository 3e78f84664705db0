import type { NodeStates, Steps } from "@cordboard/node-kit";
import type { SetConfig } from "./config.ts";

/** Gives variables their values, in order: a later one sees what an earlier one set. One that fails keeps its old value, noted. */
export function setStates({ assignments }: SetConfig, { setVariables, advance, leaveBy }: Steps): NodeStates {
  return {
    entry: [setVariables(assignments.map(({ variable, value }) => ({ variable, expression: value }))), advance],
    on: { advance: leaveBy("done") },
  };
}
