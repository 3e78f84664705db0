import type { NodeStates, Steps } from "@cordboard/node-kit";
import type { SubflowConfig } from "./config.ts";

/**
 * Stands for the states of the flow that runs here, which `compile` puts in its place. By itself, where that flow is not at hand, the node
 * is a problem that the caller hears of: compiling without it is refused.
 */
export function subflowStates({ flowId }: SubflowConfig, { builtIn, endCall, note, say }: Steps): NodeStates {
  return {
    entry: [note("subflowMissing", { flow: flowId }), say(builtIn("technicalProblem"))],
    on: { "play.done": endCall },
  };
}
