import type { FlowDocument, FlowNode, NodeTypeRegistry, SubflowUse } from "@cordboard/flow-schema";
import {
  END_TARGET,
  EXIT_TARGET,
  type NodeStates,
  type NodeTransition,
  type NodeType,
  OUTPUT_TARGET,
  type PromptChoice,
  type StepAction,
  steps,
} from "@cordboard/node-kit";
import { type FlowKey, withFlowKeys } from "./flow-keys.ts";
import type { EngineAction, MachineJson, StateJson, TransitionJson } from "./machine-types.ts";

/** The engine's own states. A colon keeps them apart from node ids. */
const PROBLEM_STATE = ":problem";
const UNCONNECTED_STATE = ":unconnected";
const END_STATE = ":end";
const GONE_STATE = ":gone";

const idOf = (key: string): string => `state${key.startsWith(":") ? key : `:node:${key}`}`;
const target = (key: string): string => `#${idOf(key)}`;

/**
 * The machine of a flow: one state a node, the engine's own beside them, and on the root what holds in every state: a failure leads to
 * the error path, a caller who is gone ends the call. A sub-flow is a state with its nodes in it. The document and the sub-flows in
 * `parts` (by the path of the node that runs them) must have passed `validate`.
 */
export function machineJson(
  document: FlowDocument,
  registry: NodeTypeRegistry<NodeType>,
  parts: ReadonlyMap<string, FlowDocument> = new Map(),
): MachineJson {
  const root: Part = { document, path: "", keys: keysOf(document, "", []), leave: null };
  return {
    id: `flow:${document.id}`,
    initial: document.entry,
    on: {
      "flow.failed": errorPath(document),
      "caller.gone": [{ target: target(GONE_STATE) }],
    },
    states: {
      ...partStates(root, registry, parts),
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

/** The flow, or a sub-flow in the node that runs it. */
interface Part {
  readonly document: FlowDocument;
  /** As of Frame. */
  readonly path: string;
  /** Keys that lead away from every node in it: its own, and those of the flows around it that it does not use itself. */
  readonly keys: readonly FlowKey[];
  /** How a sub-flow is left; null for the flow itself. */
  readonly leave: {
    readonly results: Readonly<Record<string, string>>;
    by(output: string): ReturnType<Resolve>;
  } | null;
}

/** The error path of the flow once, then the built-in announcement once, then the end: each failure goes further, none goes round. */
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

function keysOf(document: FlowDocument, path: string, around: readonly FlowKey[]): readonly FlowKey[] {
  const own = Object.entries(document.keys).map(([key, id]): FlowKey => ({ key, to: pathOf(path, id) }));
  return [...own, ...around.filter(({ key }) => !Object.hasOwn(document.keys, key))];
}

/** The id that a node has in the whole machine: that of the nodes it runs in, and its own. */
function pathOf(path: string, id: string): string {
  return path === "" ? id : `${path}/${id}`;
}

function partStates(
  part: Part,
  registry: NodeTypeRegistry<NodeType>,
  parts: ReadonlyMap<string, FlowDocument>,
): Readonly<Record<string, StateJson>> {
  const edges = new Map(part.document.edges.map(({ from, output, to }) => [edgeKey(from, output), to]));
  return Object.fromEntries(
    part.document.nodes.map((node): readonly [string, StateJson] => {
      const type = registry.find(node.type, node.typeVersion);
      if (!type) throw new Error(`node type ${node.type}@${node.typeVersion} is not registered`);
      const resolve = resolver(part, node, type, edges);
      const inner = parts.get(pathOf(part.path, node.id));
      const use = inner && (type.subflow?.(node.config) ?? null);
      if (!inner || !use) return [node.id, nodeState(part, node, type, resolve)];
      const path = pathOf(part.path, node.id);
      const leave = { results: use.results, by: (output: string) => resolve(steps.leaveBy(output)) };
      const innerPart: Part = { document: inner, path, keys: keysOf(inner, path, part.keys), leave };
      return [node.id, subflowState(node, use, path, inner.entry, partStates(innerPart, registry, parts))];
    }),
  );
}

function resolver(part: Part, node: FlowNode, type: NodeType, edges: ReadonlyMap<string, string>): Resolve {
  const quiet = new Set(type.quietOutputs(node.config));
  const fallbacks = type.fallbacks?.(node.config) ?? {};
  const lastResorts = type.lastResorts?.(node.config) ?? {};
  const from = pathOf(part.path, node.id);
  return (name) => {
    if (name === END_TARGET) return { target: target(END_STATE), actions: [] };
    if (name.startsWith(EXIT_TARGET)) {
      return part.leave?.by(name.slice(EXIT_TARGET.length)) ?? { target: target(END_STATE), actions: [] };
    }
    if (!name.startsWith(OUTPUT_TARGET)) return { target: name, actions: [] };
    const output = name.slice(OUTPUT_TARGET.length);
    const instead = fallbacks[output];
    const next =
      edges.get(edgeKey(node.id, output)) ?? (instead === undefined ? undefined : edges.get(edgeKey(node.id, instead)));
    const to = next === undefined ? null : pathOf(part.path, next);
    const resort = lastResorts[output];
    if (next === undefined && resort !== undefined) return { target: resort, actions: [] };
    const move: EngineAction = { type: "move", params: { from, output, to } };
    if (to !== null || quiet.has(output)) return { target: target(to ?? END_STATE), actions: [move] };
    return {
      target: target(UNCONNECTED_STATE),
      actions: [move, steps.note("outputUnconnected", { node: from, output })],
    };
  };
}

function nodeState(part: Part, node: FlowNode, type: NodeType, resolve: Resolve): StateJson {
  const id = pathOf(part.path, node.id);
  const used = type.keys?.(node.config) ?? "";
  const keys = part.keys.filter(({ key }) => !used.includes(key));
  const own = (actions: readonly StepAction[]) => actions.map((action) => inPart(action, part.path, keys));
  const exits = part.leave !== null && (type.exit?.(node.config) ?? null) !== null;
  const tree = withFlowKeys(stateJson(type.states(node.config, steps), resolve, own), id, keys);
  return {
    ...tree,
    id: idOf(id),
    description: node.name,
    entry: [
      { type: "enterNode", params: { id, type: node.type, typeVersion: node.typeVersion } },
      ...(exits ? [giveResults(part.leave?.results ?? {})] : []),
      ...(tree.entry ?? []),
    ],
    exit: [...(tree.exit ?? []), { type: "leaveNode", params: {} }],
  };
}

function subflowState(
  node: FlowNode,
  use: SubflowUse,
  path: string,
  initial: string,
  states: Readonly<Record<string, StateJson>>,
): StateJson {
  const inputs = Object.entries(use.inputs).map(([variable, expression]) => ({ variable, expression }));
  return {
    id: idOf(path),
    description: node.name,
    initial,
    states,
    entry: [
      { type: "enterNode", params: { id: path, type: node.type, typeVersion: node.typeVersion } },
      { type: "enterFlow", params: { path, inputs } },
    ],
    exit: [
      { type: "leaveFlow", params: {} },
      { type: "leaveNode", params: {} },
    ],
  };
}

function giveResults(results: Readonly<Record<string, string>>): EngineAction {
  const given = Object.entries(results).map(([variable, result]) => ({ variable, result }));
  return { type: "giveResults", params: { results: given } };
}

/** An action of a node as it is in the whole machine: the part's keys are listened for, and its prompts are told apart from others'. */
function inPart(action: StepAction, path: string, keys: readonly FlowKey[]): StepAction {
  const here = <P extends PromptChoice | null>(prompt: P): P =>
    prompt?.kind === "flow" && path !== "" ? { ...prompt, promptId: pathOf(path, prompt.promptId) } : prompt;
  const listened = (own: string) => [...new Set([...own, ...keys.map(({ key }) => key)])].sort().join("");
  switch (action.type) {
    case "say": {
      const { prompt, keys: own } = action.params;
      return { type: "say", params: { prompt: here(prompt), keys: listened(own) } };
    }
    case "hold": {
      const { playlist, keys: own } = action.params;
      return { type: "hold", params: { playlist: playlist.map(here), keys: listened(own) } };
    }
    case "holdInQueue": {
      const { holdMusic, adverts, keys: own } = action.params;
      const params = { holdMusic: holdMusic.map(here), adverts: adverts.map(here), keys: listened(own) };
      return { type: "holdInQueue", params };
    }
    case "collect":
      return { type: "collect", params: { ...action.params, prompt: here(action.params.prompt) } };
    case "dial":
      return { type: "dial", params: { ...action.params, music: here(action.params.music) } };
    case "dialAccepted":
      return { type: "dialAccepted", params: { ...action.params, music: here(action.params.music) } };
    default:
      return action;
  }
}

/** Where a target of a node type leads, and what is done on the way. */
type Resolve = (name: string) => { readonly target: string; readonly actions: readonly EngineAction[] };

function stateJson(
  state: NodeStates,
  resolve: Resolve,
  own: (actions: readonly StepAction[]) => readonly StepAction[],
): StateJson {
  const entry = own(list(state.entry));
  const exit = own(list(state.exit));
  return {
    ...(state.initial === undefined ? {} : { initial: state.initial }),
    ...(state.states === undefined
      ? {}
      : {
          states: Object.fromEntries(
            Object.entries(state.states).map(([key, child]) => [key, stateJson(child, resolve, own)]),
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
              list(transitions).map((transition) => transitionJson(transition, resolve, own)),
            ]),
          ),
        }),
  };
}

function transitionJson(
  transition: NodeTransition | string,
  resolve: Resolve,
  own: (actions: readonly StepAction[]) => readonly StepAction[],
): TransitionJson {
  const given: NodeTransition = typeof transition === "string" ? { target: transition } : transition;
  const resolved = given.target === undefined ? undefined : resolve(given.target);
  const actions = [...own(list(given.actions)), ...(resolved?.actions ?? [])];
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
