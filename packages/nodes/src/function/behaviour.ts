import type { NodeStates, Steps } from "@cordboard/node-kit";
import type { FunctionConfig } from "./config.ts";

/** Works its steps out in order and makes sure that what came of them holds; all of it counts, or none. */
export function functionStates(config: FunctionConfig, { compute, chosen, advance, leaveBy }: Steps): NodeStates {
  return {
    entry: [compute(config), advance],
    on: { advance: [{ guard: chosen("ok"), target: leaveBy("ok") }, leaveBy("problem")] },
  };
}
