import { type FlowDocument, type FlowEdge, FlowNode, FlowPrompt, type FlowVariable } from "@cordboard/flow-schema";
import Value from "typebox/value";
import { setAt } from "../../../widgets/set-at.ts";
import type { EditorCommand } from "./editor-command.ts";
import { freshId } from "./fresh-id.ts";
import { referencesOf } from "./node-facts.ts";

/** What is copied: nodes, the edges between them, what they say and which variables they use. It travels as JSON text, also to another flow. */
interface Clip {
  readonly cordboard: "nodes";
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  readonly prompts: Readonly<Record<string, FlowPrompt>>;
  readonly variables: Readonly<Record<string, FlowVariable>>;
  readonly layout: Readonly<Record<string, readonly number[]>>;
}

/** The most text that is read as a clip; far above what five hundred nodes need. */
const mostCharacters = 2_000_000;

/** The text of a copy; empty when nothing is selected. */
export function copyText(document: FlowDocument, ids: ReadonlySet<string>): string {
  const nodes = document.nodes.filter(({ id }) => ids.has(id));
  if (nodes.length === 0) return "";
  const named = nodes.flatMap(referencesOf);
  const pick = <V>(from: Readonly<Record<string, V>>, kind: string): Record<string, V> =>
    Object.fromEntries(
      Object.entries(from).filter(([name]) => named.some((one) => one.kind === kind && one.id === name)),
    );
  const clip: Clip = {
    cordboard: "nodes",
    nodes,
    edges: document.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
    prompts: pick(document.prompts, "prompt"),
    variables: pick(document.variables, "variable"),
    layout: Object.fromEntries(Object.entries(document.layout).filter(([id]) => ids.has(id))),
  };
  return JSON.stringify(clip);
}

/** The commands that paste a text, all with new ids, with the upper left corner at `at`; `null` when the text is no copy of nodes. */
export function pasteCommands(
  document: FlowDocument,
  text: string,
  at: readonly [number, number],
): { readonly ids: readonly string[]; readonly commands: readonly EditorCommand[] } | null {
  const clip = readClip(text);
  if (!clip) return null;
  const taken = new Set([...document.nodes.map(({ id }) => id), ...Object.keys(document.prompts)]);
  const renamed = new Map<string, string>();
  for (const [prefix, ids] of [
    ["n", clip.nodes.map(({ id }) => id)],
    ["p", Object.keys(clip.prompts)],
  ] as const) {
    for (const id of ids) {
      const fresh = freshId(prefix, (one) => taken.has(one));
      taken.add(fresh);
      renamed.set(`${prefix} ${id}`, fresh);
    }
  }
  const nodeId = (id: string) => renamed.get(`n ${id}`) ?? id;
  const places = clip.nodes.map(({ id }) => clip.layout[id] ?? [0, 0]);
  const left = Math.min(...places.map(([x = 0]) => x));
  const top = Math.min(...places.map(([, y = 0]) => y));
  const commands: EditorCommand[] = [];
  for (const [id, prompt] of Object.entries(clip.prompts)) {
    commands.push({ type: "setPrompt", id: renamed.get(`p ${id}`) ?? id, prompt });
  }
  for (const [name, variable] of Object.entries(clip.variables)) {
    if (!Object.hasOwn(document.variables, name)) commands.push({ type: "setVariable", name, variable });
  }
  clip.nodes.forEach((node, index) => {
    const [x = 0, y = 0] = places[index] ?? [];
    let config: unknown = node.config;
    for (const { kind, id, pointer } of referencesOf(node)) {
      if (kind === "prompt" && renamed.has(`p ${id}`)) config = setAt(config, pointer, renamed.get(`p ${id}`));
    }
    const pasted = { ...node, id: nodeId(node.id), config: { ...(config as FlowNode["config"]) } };
    commands.push({ type: "addNode", node: pasted, edges: [], position: [at[0] + x - left, at[1] + y - top] });
  });
  const own = new Set(clip.nodes.map(({ id }) => id));
  for (const { from, output, to } of clip.edges) {
    if (own.has(from) && own.has(to)) commands.push({ type: "connect", from: nodeId(from), output, to: nodeId(to) });
  }
  return { ids: clip.nodes.map(({ id }) => nodeId(id)), commands };
}

/** How far beside what it is a copy of a duplicate stands, px, right and down. */
const beside = 40;

/** The commands that put a copy of the chosen nodes, with the cords between them, beside them; `null` when none is chosen. */
export function duplicateCommands(document: FlowDocument, ids: ReadonlySet<string>): ReturnType<typeof pasteCommands> {
  const places = [...ids].map((id) => document.layout[id] ?? [0, 0]);
  const left = Math.min(...places.map(([x = 0]) => x));
  const top = Math.min(...places.map(([, y = 0]) => y));
  return pasteCommands(document, copyText(document, ids), [left + beside, top + beside]);
}

/** A clip from text that may come from anywhere; nodes and prompts of the wrong shape make it none. */
function readClip(text: string): Clip | null {
  if (text.length > mostCharacters || !text.startsWith('{"cordboard":"nodes"')) return null;
  let value: Partial<Clip>;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const { nodes, edges = [], prompts = {}, variables = {}, layout = {} } = value;
  if (!Array.isArray(nodes) || nodes.length === 0 || !nodes.every((node) => Value.Check(FlowNode, node))) return null;
  if (!Object.values(prompts).every((prompt) => Value.Check(FlowPrompt, prompt))) return null;
  return { cordboard: "nodes", nodes, edges: Array.isArray(edges) ? edges : [], prompts, variables, layout };
}
