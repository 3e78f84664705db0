import {
  type FlowDocument,
  type FlowEdge,
  FlowGroup,
  FlowNode,
  FlowNote,
  FlowPrompt,
  type FlowVariable,
} from "@cordboard/flow-schema";
import Value from "typebox/value";
import { setAt } from "../../../widgets/set-at.ts";
import { groupKey, noteIn, noteKey } from "./drawn-ids.ts";
import type { EditorCommand } from "./editor-command.ts";
import { freshId } from "./fresh-id.ts";
import { referencesOf } from "./node-facts.ts";

/** What is copied: nodes, the edges between them, what they say and which variables they use, comments, groups. It travels as JSON text, also to another flow. */
interface Clip {
  readonly cordboard: "nodes";
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  readonly prompts: Readonly<Record<string, FlowPrompt>>;
  readonly variables: Readonly<Record<string, FlowVariable>>;
  readonly notes: Readonly<Record<string, FlowNote>>;
  readonly groups: Readonly<Record<string, FlowGroup>>;
  readonly layout: Readonly<Record<string, readonly number[]>>;
}

/** The most text that is read as a clip; far above what five hundred nodes need. */
const mostCharacters = 2_000_000;

/** The text of a copy of nodes, with the groups that are wholly among them, and of comments by their keys; empty when there are none. */
export function copyText(document: FlowDocument, ids: ReadonlySet<string>, keys: Iterable<string> = []): string {
  const nodes = document.nodes.filter(({ id }) => ids.has(id));
  const notes = noted(document, keys);
  if (nodes.length + notes.length === 0) return "";
  const groups = Object.entries(document.groups).filter(([, group]) => group.nodes.every((id) => ids.has(id)));
  const placed = new Set([...ids, ...notes.map(([id]) => id)]);
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
    notes: Object.fromEntries(notes),
    groups: Object.fromEntries(groups),
    layout: Object.fromEntries(Object.entries(document.layout).filter(([id]) => placed.has(id))),
  };
  return JSON.stringify(clip);
}

/** The comments among what is selected. */
function noted({ notes }: FlowDocument, keys: Iterable<string>): readonly (readonly [id: string, note: FlowNote])[] {
  const chosen = new Set([...keys].map(noteIn));
  return Object.entries(notes).filter(([id]) => chosen.has(id));
}

/** The commands that paste a text, all with new ids, with the upper left corner at `at`; `null` when the text is no copy of nodes. */
export function pasteCommands(
  document: FlowDocument,
  text: string,
  at: readonly [number, number],
): { readonly ids: readonly string[]; readonly commands: readonly EditorCommand[] } | null {
  const clip = readClip(text);
  if (!clip) return null;
  const taken = new Set([
    ...document.nodes.map(({ id }) => id),
    ...[document.prompts, document.notes, document.groups].flatMap((part) => Object.keys(part)),
  ]);
  const renamed = new Map<string, string>();
  for (const [prefix, ids] of [
    ["n", clip.nodes.map(({ id }) => id)],
    ["p", Object.keys(clip.prompts)],
    ["c", Object.keys(clip.notes)],
    ["g", Object.keys(clip.groups)],
  ] as const) {
    for (const id of ids) {
      const fresh = freshId(prefix, (one) => taken.has(one));
      taken.add(fresh);
      renamed.set(`${prefix} ${id}`, fresh);
    }
  }
  const nodeId = (id: string) => renamed.get(`n ${id}`) ?? id;
  const places = clip.nodes.map(({ id }) => clip.layout[id] ?? [0, 0]);
  const all = [...places, ...Object.keys(clip.notes).map((id) => clip.layout[id] ?? [0, 0])];
  const left = Math.min(...all.map(([x = 0]) => x));
  const top = Math.min(...all.map(([, y = 0]) => y));
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
  const made = (prefix: string, id: string) => renamed.get(`${prefix} ${id}`) ?? id;
  for (const [id, note] of Object.entries(clip.notes)) {
    const [x = 0, y = 0, ...size] = clip.layout[id] ?? [];
    commands.push({ type: "setNote", id: made("c", id), note, place: [at[0] + x - left, at[1] + y - top, ...size] });
  }
  for (const [id, group] of Object.entries(clip.groups)) {
    const nodes = group.nodes.filter((node) => own.has(node)).map(nodeId);
    if (nodes.length > 0) commands.push({ type: "setGroup", id: made("g", id), group: { ...group, nodes } });
  }
  const inFolded = new Set(Object.values(clip.groups).flatMap(({ folded, nodes }) => (folded ? nodes : [])));
  const ids = [
    ...clip.nodes.flatMap(({ id }) => (inFolded.has(id) ? [] : nodeId(id))),
    ...Object.keys(clip.notes).map((id) => noteKey(made("c", id))),
    ...Object.keys(clip.groups).map((id) => groupKey(made("g", id))),
  ];
  return { ids, commands };
}

/** How far beside what it is a copy of a duplicate stands, px, right and down. */
const beside = 40;

/** The commands that put a copy of what is chosen, with the cords between the nodes, beside it; `null` when nothing is. */
export function duplicateCommands(
  document: FlowDocument,
  ids: ReadonlySet<string>,
  keys: Iterable<string> = [],
): ReturnType<typeof pasteCommands> {
  const notes = noted(document, keys).map(([id]) => id);
  const places = [...ids, ...notes].map((id) => document.layout[id] ?? [0, 0]);
  const left = Math.min(...places.map(([x = 0]) => x));
  const top = Math.min(...places.map(([, y = 0]) => y));
  return pasteCommands(document, copyText(document, ids, keys), [left + beside, top + beside]);
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
  const { nodes, edges = [], prompts = {}, variables = {}, notes = {}, groups = {}, layout = {} } = value;
  if (!Object.values(notes).every((note) => Value.Check(FlowNote, note))) return null;
  if (!Object.values(groups).every((group) => Value.Check(FlowGroup, group))) return null;
  if (!Array.isArray(nodes) || nodes.length + Object.keys(notes).length === 0) return null;
  if (!nodes.every((node) => Value.Check(FlowNode, node))) return null;
  if (!Object.values(prompts).every((prompt) => Value.Check(FlowPrompt, prompt))) return null;
  const cords = Array.isArray(edges) ? edges : [];
  return { cordboard: "nodes", nodes, edges: cords, prompts, variables, notes, groups, layout };
}
