import type { StateJson, TransitionJson } from "./machine-types.ts";

/** A key that leads to a node from wherever the caller hears something of the flow. */
export interface FlowKey {
  readonly key: string;
  /** The node's id in the whole machine. */
  readonly to: string;
}

/**
 * A node's state that also goes where the flow's keys lead. What the node itself does with a key comes first; what it does with any other
 * key ("wrong key", "any key goes on") comes after: otherwise a menu would take every key of the flow for a wrong one.
 */
export function withFlowKeys(state: StateJson, from: string, keys: readonly FlowKey[]): StateJson {
  if (keys.length === 0) return state;
  const ways = keys.map(
    ({ key, to }): TransitionJson => ({
      guard: { type: "flowKey", params: { digits: key } },
      target: `#state:node:${to}`,
      actions: [{ type: "move", params: { from, output: `key:${key}`, to } }],
      reenter: true,
    }),
  );
  const inside = within(state, ways);
  // For the states in which the node has no use for keys at all.
  return { ...inside, on: { ...inside.on, "input.digits": inside.on?.["input.digits"] ?? ways } };
}

function within(state: StateJson, ways: readonly TransitionJson[]): StateJson {
  const digits = state.on?.["input.digits"];
  return {
    ...state,
    ...(digits === undefined ? {} : { on: { ...state.on, "input.digits": inserted(digits, ways) } }),
    ...(state.states === undefined
      ? {}
      : {
          states: Object.fromEntries(Object.entries(state.states).map(([key, child]) => [key, within(child, ways)])),
        }),
  };
}

function inserted(own: readonly TransitionJson[], ways: readonly TransitionJson[]): readonly TransitionJson[] {
  const firstOther = own.findIndex(({ guard }) => guard?.type !== "pressed");
  const at = firstOther < 0 ? own.length : firstOther;
  const used = new Set(own.map(({ guard }) => (guard?.type === "pressed" ? guard.params.digits : null)));
  const free = ways.filter(({ guard }) => guard?.type === "flowKey" && !used.has(guard.params.digits));
  return [...own.slice(0, at), ...free, ...own.slice(at)];
}
