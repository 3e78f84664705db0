import { type FlowDocument, readFlow } from "@cordboard/flow-schema";
import { defineNode, type FlowEvent, type NodeStates } from "@cordboard/node-kit";
import { builtInNodeTypes, createRegistry } from "@cordboard/nodes";
import Type from "typebox";
import type { CallSnapshot } from "../call-snapshot.ts";
import { compile } from "../compile.ts";
import type { CompiledFlow } from "../compiled-flow.ts";
import { runUntilWait, startUntilWait } from "../run-until-wait.ts";
import { sampleCall } from "./sample-call.ts";

/** A node type of a third party that does what `states` says, and claims to wait for somebody. */
const odd = (type: string, states: NodeStates) =>
  defineNode({
    type,
    typeVersion: 1,
    group: "decide",
    icon: "M0 0",
    config: Type.Object({}),
    initial: {},
    texts: {
      fr: { name: type, description: "", settings: {}, outputs: {} },
      en: { name: type, description: "", settings: {}, outputs: {} },
    },
    form: {},
    outputs: () => ["done"],
    summary: () => "",
    waits: () => true,
    states: () => states,
  });

export const registry = createRegistry([
  ...builtInNodeTypes,
  odd("spin", { entry: { type: "advance", params: {} }, on: { advance: "output:done" } }),
  odd("mute", { on: { "play.done": "output:done" } }),
  odd("deaf", { entry: { type: "say", params: { prompt: { kind: "flow", promptId: "p" }, keys: "" } } }),
  odd("hasty", {
    entry: [
      { type: "say", params: { prompt: { kind: "flow", promptId: "p" }, keys: "" } },
      { type: "advance", params: {} },
    ],
    on: { advance: "output:done" },
  }),
  odd("leaky", {
    entry: [
      { type: "attachScript", params: { scriptId: "s", parameters: { pin: "{{ pin }}", shown: "{{ shown }}" } } },
      { type: "say", params: { prompt: { kind: "flow", promptId: "p" }, keys: "" } },
    ],
  }),
  odd("stuck", { entry: { type: "advance", params: {} } }),
  odd("broken", { entry: { type: "dialAccepted", params: { ringMs: 1, music: null } } }),
]);

type Nodes = Readonly<Record<string, readonly [type: string, config: Readonly<Record<string, unknown>>]>>;

export function document(
  nodes: Nodes,
  edges: readonly (readonly [string, string, string])[],
  onError?: string,
): FlowDocument {
  const parsed = readFlow({
    formatVersion: 1,
    id: "test",
    name: "Test",
    languages: ["fr-FR", "en-GB"],
    variables: { pin: { type: "string", initial: "1234", secret: true }, shown: { type: "string", initial: "yes" } },
    prompts: {
      p: { texts: { "fr-FR": "Bonjour", "en-GB": "Hello" } },
      sorry: { texts: { "fr-FR": "P", "en-GB": "S" } },
    },
    entry: Object.keys(nodes)[0],
    onError: onError ?? null,
    nodes: Object.entries(nodes).map(([id, [type, config]]) => ({ id, name: id, type, typeVersion: 1, config })),
    edges: edges.map(([from, output, to]) => ({ from, output, to })),
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return parsed.document;
}

export function compiled(...args: Parameters<typeof document>): CompiledFlow {
  const result = compile(document(...args), registry, { draft: true });
  if (!result.ok) throw new Error(JSON.stringify(result.findings));
  return result.flow;
}

export const begin = (flow: CompiledFlow, language: string | null = null) =>
  startUntilWait(flow, { call: { ...sampleCall, language }, now: 0 });
export const go = (flow: CompiledFlow, snapshot: CallSnapshot, event: FlowEvent) =>
  runUntilWait(flow, snapshot, event, { now: 0 });
export const mediaEntry = ({ open }: CallSnapshot) => open.media?.entry ?? -1;
export const noteCodes = (effects: readonly { readonly type: string; readonly code?: unknown }[]) =>
  effects.filter(({ type }) => type === "note").map(({ code }) => code);

export const PROBLEM = { kind: "builtIn", name: "technicalProblem" };
export const HUNT = {
  queue: "q",
  priority: 0,
  announcement: null,
  holdMusic: ["p"],
  maxWaitMs: null,
  leaveWhenUnstaffed: false,
  ringMs: 5_000,
  ringMusic: null,
};

/** Answers what was asked of a queue's music: it has none of its own. */
export function withoutQueueMusic(flow: CompiledFlow, snapshot: CallSnapshot, now = 0) {
  const entry = snapshot.open.ask?.entry ?? -1;
  const none = { holdMusic: [], adverts: [], advertEveryMs: null, version: null };
  return runUntilWait(flow, snapshot, { type: "queueMusic.answered", entry, ...none }, { now });
}
