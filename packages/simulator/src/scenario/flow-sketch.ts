import { type CompiledFlow, compile } from "@cordboard/engine";
import {
  type FlowDocument,
  type FlowVariable,
  type Reference,
  readFlow,
  type SubflowResolver,
} from "@cordboard/flow-schema";
import type { NodeType, TypedNodeType } from "@cordboard/node-kit";
import { builtInNodeTypes, createRegistry } from "@cordboard/nodes";
import { ScenarioFailure } from "./scenario-failure.ts";

/** A node of a sketch: its type and settings. */
export interface SketchedNode {
  readonly type: NodeType;
  readonly config: unknown;
}

/** A node for `flow({ … })`. The settings are checked by TypeScript. */
export function node<Config>(type: TypedNodeType<Config>, config: Config): SketchedNode {
  return { type, config };
}

/** A flow written in a test. Prompts that its nodes name come by themselves, with their id as text; so do variables of `with`. */
export interface FlowSketch {
  connect(from: string, output: string, to: string): FlowSketch;
  with(more: {
    readonly variables?: Readonly<Record<string, FlowVariable>>;
    readonly texts?: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly languages?: readonly string[];
    readonly onError?: string;
    readonly keys?: Readonly<Record<string, string>>;
    readonly inputs?: readonly string[];
    readonly results?: readonly string[];
    /** The flows that run inside this one, by id. */
    readonly flows?: Readonly<Record<string, FlowSketch>>;
  }): FlowSketch;
  document(): FlowDocument;
  compiled(): CompiledFlow;
}

/** A flow in a few lines: nodes by id, the first one is where calls begin. */
export function flow(nodes: Readonly<Record<string, SketchedNode>>): FlowSketch {
  const edges: { from: string; output: string; to: string }[] = [];
  let languages: readonly string[] = ["en-GB"];
  let variables: Readonly<Record<string, FlowVariable>> = {};
  let texts: Readonly<Record<string, Readonly<Record<string, string>>>> = {};
  let onError: string | null = null;
  let keys: Readonly<Record<string, string>> = {};
  let inputs: readonly string[] = [];
  let results: readonly string[] = [];
  let flows: Readonly<Record<string, FlowSketch>> = {};

  function document(): FlowDocument {
    const prompts = Object.values(nodes)
      .flatMap(({ type, config }): readonly Reference[] => type.references(config))
      .filter(({ kind }) => kind === "prompt")
      .map(({ id }): readonly [string, unknown] => [
        id,
        { texts: texts[id] ?? Object.fromEntries(languages.map((language) => [language, id])) },
      ]);
    const parsed = readFlow({
      formatVersion: 1,
      id: "sketch",
      name: "Sketch",
      languages,
      variables,
      prompts: Object.fromEntries(prompts),
      entry: Object.keys(nodes)[0],
      onError,
      keys,
      inputs,
      results,
      nodes: Object.entries(nodes).map(([id, { type, config }]) => ({
        id,
        name: id,
        type: type.type,
        typeVersion: type.typeVersion,
        config,
      })),
      edges,
    });
    if (parsed.ok) return parsed.document;
    throw new ScenarioFailure(`this is no flow: ${parsed.findings.map(({ message }) => message.en).join(" ")}`);
  }

  const sketch: FlowSketch = {
    connect: (from, output, to) => {
      edges.push({ from, output, to });
      return sketch;
    },
    with: (more) => {
      languages = more.languages ?? languages;
      variables = { ...variables, ...more.variables };
      texts = { ...texts, ...more.texts };
      onError = more.onError ?? onError;
      keys = { ...keys, ...more.keys };
      inputs = [...inputs, ...(more.inputs ?? [])];
      results = [...results, ...(more.results ?? [])];
      flows = { ...flows, ...more.flows };
      return sketch;
    },
    document,
    compiled: () =>
      compiledFlow(
        document(),
        Object.values(nodes).map(({ type }) => type),
        (flowId) => (Object.hasOwn(flows, flowId) ? flows[flowId]?.document() : undefined),
      ),
  };
  return sketch;
}

/** A document compiled for a scenario: outputs may be unconnected, and the types of a test are known beside the built-in ones, or instead of them. */
export function compiledFlow(
  document: FlowDocument,
  types: readonly NodeType[] = [],
  subflow: SubflowResolver = () => undefined,
): CompiledFlow {
  const given = [...new Map(types.map((type) => [`${type.type}@${type.typeVersion}`, type])).values()];
  const replaced = (one: NodeType) =>
    given.some((type) => type.type === one.type && type.typeVersion === one.typeVersion);
  const known: readonly NodeType[] = builtInNodeTypes;
  const registry = createRegistry([...known.filter((one) => !replaced(one)), ...given]);
  const compiled = compile(document, registry, { draft: true, subflow });
  if (compiled.ok) return compiled.flow;
  const reasons = compiled.findings.filter(({ severity }) => severity === "error").map(({ message }) => message.en);
  throw new ScenarioFailure(`this flow cannot carry calls: ${reasons.join(" ")}`);
}
