import type { NodeStates, Steps } from "@cordboard/node-kit";
import type { PercentConfig } from "./config.ts";

/** Draws a number and goes the way into whose share it falls; what the shares leave over goes by `otherwise`. */
export function percentStates({ shares }: PercentConfig, { draw, drawnBelow, leaveBy }: Steps): NodeStates {
  let sum = 0;
  const ways = shares.map(({ id, percent }) => {
    sum += percent;
    return { guard: drawnBelow(sum / 100), target: leaveBy(id) };
  });
  return { entry: draw, on: { drawn: [...ways, leaveBy("otherwise")] } };
}
