import type { NodeStates, Steps } from "@cordboard/node-kit";
import type { ExitConfig } from "./config.ts";

/** Goes back to the flow that runs this one, by an output of its node. A flow that nobody runs ends the call here. */
export function exitStates({ output }: ExitConfig, { advance, exitBy }: Steps): NodeStates {
  return { entry: advance, on: { advance: exitBy(output) } };
}
