import { type CompiledFlow, compile } from "@cordboard/engine";
import { parseFlow } from "@cordboard/flow-schema";
import { defineNode, type NodeStates, type Steps } from "@cordboard/node-kit";
import { createRegistry } from "@cordboard/nodes";
import Type from "typebox";

interface NodeOfATest {
  states(steps: Steps): NodeStates;
  /** Where each output leads. */
  readonly to: Readonly<Record<string, string>>;
}

/** A flow of nodes that a test makes up; the first one is its entry. */
export function flowOf(nodes: Readonly<Record<string, NodeOfATest>>, variables: object = {}): CompiledFlow {
  const texts = { name: "n", description: "d", settings: {}, outputs: {} };
  const types = Object.entries(nodes).map(([id, { states, to }]) =>
    defineNode({
      type: id,
      typeVersion: 1,
      group: "say",
      icon: "M0 0",
      config: Type.Object({}),
      initial: {},
      texts: { fr: texts, en: texts },
      form: {},
      outputs: () => Object.keys(to),
      summary: () => "",
      waits: () => true,
      states: (_config, steps) => states(steps),
    }),
  );
  const document = {
    formatVersion: 1,
    id: "made-up",
    name: "Made up",
    languages: ["en-GB"],
    prompts: {},
    variables,
    entry: Object.keys(nodes)[0],
    nodes: Object.keys(nodes).map((id) => ({ id, name: id, type: id, typeVersion: 1, config: {} })),
    edges: Object.entries(nodes).flatMap(([from, { to }]) =>
      Object.entries(to).map(([output, target]) => ({ from, output, to: target })),
    ),
  };
  const parsed = parseFlow(JSON.stringify(document));
  const compiled = parsed.ok ? compile(parsed.document, createRegistry(types)) : parsed;
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.findings));
  return compiled.flow;
}
