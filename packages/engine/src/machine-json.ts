import type { FlowDocument, FlowNode, NodeTypeRegistry } from "@cordboard/flow-schema";
import {
  END_TARGET,
  type NodeStates,
  type NodeTransition,
  type NodeType,
  OUTPUT_TARGET,
  type StepAction,
  type StepGuard,
  steps,
} from "@cordboard/node-kit";

/** What the engine itself does around the actions of node types. */
export type EngineAction =
  | StepAction
  /** First in every node: begins a visit. */
  | {
      readonly type: "enterNode";
      readonly params: { readonly id: string; readonly type: string; readonly typeVersion: number };
    }
  /** Last in every node: ends its timers. */
  | { readonly type: "leaveNode"; readonly params: Readonly<Record<string, never>> }
  | {
      readonly type: "move";
      readonly params: { readonly from: string; readonly output: string; readonly to: string | null };
    }
  /** Counts a way to the error path. */
  | { readonly type: "fail"; readonly params: Readonly<Record<string, never>> }
  | { readonly type: "hangUp"; readonly params: Readonly<Record<string, never>> };

export type EngineGuard =
  | StepGuard
  | { readonly type: "failedLessThan"; readonly params: { readonly times: number } }
  | { readonly type: "flowKey"; readonly params: { readonly digits: string } };

export interface TransitionJson {
  readonly target?: string;
  readonly guard?: EngineGuard;
  readonly actions?: readonly EngineAction[];
  readonly reenter?: boolean;
}

/** XState's machine configuration, as far as flows use it: JSON, so that it can be exported and looked at. */
export interface StateJson {
  readonly id?: string;
  readonly type?: "final";
  readonly initial?: string;
  readonly states?: Readonly<Record<string, StateJson>>;
  readonly entry?: readonly EngineAction[];
  readonly exit?: readonly EngineAction[];
  readonly on?: Readonly<Record<string, readonly TransitionJson[]>>;
  readonly description?: string;
}

export interface MachineJson extends StateJson {
  readonly id: string;
  readonly initial: string;
  readonly states: Readonly<Record<string, StateJson>>;
}

/** The engine's own states. A colon keeps them apart from node ids. */
export const PROBLEM_STATE = ":problem";
export const UNCONNECTED_STATE = ":unconnected";
export const END_STATE = ":end";
export const GONE_STATE = ":gone";

const idOf = (key: string): string => `state${key.startsWith(":") ? key : `:node:${key}`}`;
const target = (key: string): string => `#${idOf(key)}`;

/**
 * The machine of a flow: one state a node, the engine's own beside them, and on the root what holds in every state: a failure leads to
 * the error path, a caller who is gone ends the call. The document must have passed `validate`.
 */
export function machineJson(document: FlowDocument, registry: NodeTypeRegistry<NodeType>): MachineJson {
  const edges = new Map(document.edges.map(({ from, output, to }) => [edgeKey(from, output), to]));
  const states = document.nodes.map((node): readonly [string, StateJson] => {
    const type = registry.find(node.type, node.typeVersion);
    if (!type) throw new Error(`node type ${node.type}@${node.typeVersion} is not registered`);
    return [node.id, nodeState(node, type, edges)];
  });
  return {
    id: `flow:${document.id}`,
    initial: document.entry,
    on: {
      "flow.failed": errorPath(document),
      "caller.gone": [{ target: target(GONE_STATE) }],
    },
    states: {
      ...Object.fromEntries(states),
      [PROBLEM_STATE]: {
        id: idOf(PROBLEM_STATE),
        entry: [steps.say(steps.builtIn("technicalProblem"))],
        on: { "play.done": [{ target: target(END_STATE) }] },
      },
      [UNCONNECTED_STATE]: {
        id: idOf(UNCONNECTED_STATE),
        entry: [steps.advance],
        on: { advance: errorPath(document) },
      },
      [END_STATE]: { id: idOf(END_STATE), type: "final", entry: [{ type: "hangUp", params: {} }] },
      [GONE_STATE]: { id: idOf(GONE_STATE), type: "final", entry: [steps.leaveQueue] },
    },
  };
}

/** The flow's own error path once, then the built-in announcement once, then the end: each failure goes further, none goes round. */
function errorPath(document: FlowDocument): readonly TransitionJson[] {
  const ways = [...(document.onError === null ? [] : [document.onError]), PROBLEM_STATE];
  return [
    ...ways.map(
      (way, index): TransitionJson => ({
        guard: { type: "failedLessThan", params: { times: index + 1 } },
        target: target(way),
        actions: [{ type: "fail", params: {} }],
        reenter: true,
      }),
    ),
    { target: target(END_STATE), actions: [{ type: "fail", params: {} }] },
  ];
}

function nodeState(node: FlowNode, type: NodeType, edges: ReadonlyMap<string, string>): StateJson {
  const quiet = new Set(type.quietOutputs(node.config));
  const resolve: Resolve = (name) => {
    if (name === END_TARGET) return { target: target(END_STATE), actions: [] };
    if (!name.startsWith(OUTPUT_TARGET)) return { target: name, actions: [] };
    const output = name.slice(OUTPUT_TARGET.length);
    const to = edges.get(edgeKey(node.id, output)) ?? null;
    const move: EngineAction = { type: "move", params: { from: node.id, output, to } };
    if (to !== null || quiet.has(output)) return { target: target(to ?? END_STATE), actions: [move] };
    return {
      target: target(UNCONNECTED_STATE),
      actions: [move, steps.note("outputUnconnected", { node: node.id, output })],
    };
  };
  const tree = stateJson(type.states(node.config, steps), resolve);
  const { id, typeVersion } = node;
  return {
    ...tree,
    id: idOf(id),
    description: node.name,
    entry: [{ type: "enterNode", params: { id, type: node.type, typeVersion } }, ...(tree.entry ?? [])],
    exit: [...(tree.exit ?? []), { type: "leaveNode", params: {} }],
  };
}

/** Where a target of a node type leads, and what is done on the way. */
type Resolve = (name: string) => { readonly target: string; readonly actions: readonly EngineAction[] };

function stateJson(state: NodeStates, resolve: Resolve): StateJson {
  const entry = list(state.entry);
  const exit = list(state.exit);
  return {
    ...(state.initial === undefined ? {} : { initial: state.initial }),
    ...(state.states === undefined
      ? {}
      : {
          states: Object.fromEntries(
            Object.entries(state.states).map(([key, child]) => [key, stateJson(child, resolve)]),
          ),
        }),
    ...(entry.length > 0 ? { entry } : {}),
    ...(exit.length > 0 ? { exit } : {}),
    ...(state.on === undefined
      ? {}
      : {
          on: Object.fromEntries(
            Object.entries(state.on).map(([event, transitions]) => [
              event,
              list(transitions).map((transition) => transitionJson(transition, resolve)),
            ]),
          ),
        }),
  };
}

function transitionJson(transition: NodeTransition | string, resolve: Resolve): TransitionJson {
  const given: NodeTransition = typeof transition === "string" ? { target: transition } : transition;
  const resolved = given.target === undefined ? undefined : resolve(given.target);
  const actions = [...list(given.actions), ...(resolved?.actions ?? [])];
  // A node whose output leads to itself is left and entered again: a new visit.
  const reenter = given.reenter === true || resolved?.target.startsWith("#") === true;
  return {
    ...(resolved === undefined ? {} : { target: resolved.target }),
    ...(given.guard === undefined ? {} : { guard: given.guard }),
    ...(actions.length > 0 ? { actions } : {}),
    ...(reenter ? { reenter } : {}),
  };
}

function edgeKey(from: string, output: string): string {
  return JSON.stringify([from, output]);
}

function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
