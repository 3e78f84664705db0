import type { NodeStates, Steps } from "@cordboard/node-kit";
import type { ScreenPopConfig } from "./config.ts";

/** Makes a script part of the call, its parameters worked out now. Whoever accepts the call later opens it. */
export function screenPopStates({ script, parameters }: ScreenPopConfig, steps: Steps): NodeStates {
  const { attachScript, advance, leaveBy } = steps;
  const values = Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
  return { entry: [attachScript({ scriptId: script, parameters: values }), advance], on: { advance: leaveBy("done") } };
}
