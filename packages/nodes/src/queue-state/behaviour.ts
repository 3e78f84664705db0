import type { NodeStates, Steps } from "@cordboard/node-kit";
import type { QueueStateConfig } from "./config.ts";

/** Asks how the queue stands, keeps what the flow wants of it, and goes by the first branch whose expression is true. */
export function queueStateStates({ queue, branches, ...names }: QueueStateConfig, steps: Steps): NodeStates {
  const { askQueue, keepQueueFigures, choose, chosen, advance, leaveBy } = steps;
  return {
    initial: "asking",
    states: {
      asking: {
        entry: askQueue(queue),
        on: { "queue.answered": { target: "deciding", actions: keepQueueFigures(names) } },
      },
      deciding: {
        entry: [choose(branches.map(({ id, when }) => ({ id, expression: when }))), advance],
        on: {
          advance: [...branches.map(({ id }) => ({ guard: chosen(id), target: leaveBy(id) })), leaveBy("otherwise")],
        },
      },
    },
  };
}
