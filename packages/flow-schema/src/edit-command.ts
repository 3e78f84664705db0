import type { FlowGroup } from "./annotations.ts";
import { applyToEnvelope, type EnvelopeCommand, isEnvelopeCommand } from "./edit-envelope.ts";
import type { EverydayMark, FlowDocument, FlowEdge, FlowNode } from "./flow-document.ts";

/** A change of a flow, as data: the designer's undo, the CLI and merges use the same ones. */
export type EditCommand =
  | EnvelopeCommand
  /** One after the other, all or none; undone as one. */
  | { readonly type: "several"; readonly commands: readonly EditCommand[] }
  /** With the edges that lead to it or from it, and its place on the canvas, when there are any. */
  | {
      readonly type: "addNode";
      readonly node: FlowNode;
      readonly edges: readonly FlowEdge[];
      readonly position: readonly [number, number] | null;
    }
  /** With its edges, its position, and its place in a group; a group that has no other node goes with it. */
  | { readonly type: "removeNode"; readonly id: string }
  /** Takes the place of the edge that the output had. */
  | { readonly type: "connect"; readonly from: string; readonly output: string; readonly to: string }
  | { readonly type: "disconnect"; readonly from: string; readonly output: string }
  | { readonly type: "moveNode"; readonly id: string; readonly position: readonly [number, number] | null }
  | { readonly type: "setConfig"; readonly id: string; readonly config: FlowNode["config"] }
  | { readonly type: "renameNode"; readonly id: string; readonly name: string }
  /** Makes a setting of a node everyday, or (`null`) the author's alone again. */
  | {
      readonly type: "markEveryday";
      readonly id: string;
      readonly setting: string;
      readonly mark: EverydayMark | null;
    };

export type EditResult =
  /** `inverse` undoes the command: applied to `document` it gives a document that prints to the same bytes as before. */
  | { readonly ok: true; readonly document: FlowDocument; readonly inverse: EditCommand }
  /** `inUse`: calls begin at the node, or failures or keys of the flow lead to it. `outputTaken`: an edge that comes with a new node is there already; `foreignEdge`: it does not touch it. */
  | {
      readonly ok: false;
      readonly reason: "noSuchNode" | "noSuchEdge" | "noLanguage" | "idTaken" | "inUse" | "outputTaken" | "foreignEdge";
    };

type Refusal = Extract<EditResult, { ok: false }>;
const refuse = (reason: Refusal["reason"]): Refusal => ({ ok: false, reason });

/** A flow after a command; the document that was given stays as it is and shares what did not change. Pure. */
export function apply(document: FlowDocument, command: EditCommand): EditResult {
  if (isEnvelopeCommand(command)) return applyToEnvelope(document, command);
  switch (command.type) {
    case "several":
      return several(document, command.commands);
    case "addNode":
      return addNode(document, command);
    case "removeNode":
      return removeNode(document, command.id);
    case "connect":
      return connect(document, command);
    case "disconnect": {
      const edge = document.edges.find((one) => isOn(one, command));
      if (!edge) return refuse("noSuchEdge");
      return {
        ok: true,
        document: { ...document, edges: document.edges.filter((one) => one !== edge) },
        inverse: { type: "connect", ...edge },
      };
    }
    case "moveNode": {
      if (!nodeOf(document, command.id)) return refuse("noSuchNode");
      const inverse: EditCommand = { ...command, position: positionOf(document, command.id) };
      return { ok: true, document: withPosition(document, command.id, command.position), inverse };
    }
    case "setConfig":
      return change(document, command.id, { config: command.config }, (node) => ({ ...command, config: node.config }));
    case "renameNode":
      return change(document, command.id, { name: command.name }, (node) => ({ ...command, name: node.name }));
    case "markEveryday":
      return markEveryday(document, command);
  }
}

function markEveryday(document: FlowDocument, command: Extract<EditCommand, { type: "markEveryday" }>): EditResult {
  const { id, setting, mark } = command;
  const node = nodeOf(document, id);
  if (!node) return refuse("noSuchNode");
  const { everyday = {}, ...rest } = node;
  const others = Object.entries(everyday).filter(([name]) => name !== setting);
  const marks = mark === null ? others : [...others, [setting, mark] as const];
  const marked = marks.length === 0 ? rest : { ...rest, everyday: Object.fromEntries(marks) };
  const before = Object.hasOwn(everyday, setting) ? (everyday[setting] ?? null) : null;
  return {
    ok: true,
    document: { ...document, nodes: document.nodes.map((one) => (one === node ? marked : one)) },
    inverse: { ...command, mark: before },
  };
}

function several(document: FlowDocument, commands: readonly EditCommand[]): EditResult {
  const inverses: EditCommand[] = [];
  let current = document;
  for (const command of commands) {
    const result = apply(current, command);
    if (!result.ok) return result;
    current = result.document;
    inverses.unshift(result.inverse);
  }
  return { ok: true, document: current, inverse: { type: "several", commands: inverses } };
}

function addNode(document: FlowDocument, command: Extract<EditCommand, { type: "addNode" }>): EditResult {
  const { node, edges, position } = command;
  if (nodeOf(document, node.id) || Object.hasOwn(document.notes, node.id)) return refuse("idTaken");
  if (edges.some(({ from, to }) => from !== node.id && to !== node.id)) return refuse("foreignEdge");
  const known = new Set([node.id, ...document.nodes.map(({ id }) => id)]);
  if (edges.some(({ from, to }) => !known.has(from) || !known.has(to))) return refuse("noSuchNode");
  if (edges.some((edge) => document.edges.some((one) => isOn(one, edge)))) return refuse("outputTaken");
  const added = { ...document, nodes: [...document.nodes, node], edges: [...document.edges, ...edges] };
  return {
    ok: true,
    document: withPosition(added, node.id, position),
    inverse: undoneIn(document, { type: "removeNode", id: node.id }, node.id),
  };
}

function removeNode(document: FlowDocument, id: string): EditResult {
  const node = nodeOf(document, id);
  if (!node) return refuse("noSuchNode");
  const isLed = document.entry === id || document.onError === id || Object.values(document.keys).includes(id);
  if (isLed) return refuse("inUse");
  const edges = document.edges.filter(({ from, to }) => from === id || to === id);
  const groups = Object.entries(document.groups).flatMap(([name, group]): [string, FlowGroup][] => {
    const nodes = group.nodes.filter((one) => one !== id);
    if (nodes.length === group.nodes.length) return [[name, group]];
    return nodes.length === 0 ? [] : [[name, { ...group, nodes }]];
  });
  const removed = {
    ...document,
    groups: Object.fromEntries(groups),
    nodes: document.nodes.filter((one) => one !== node),
    edges: document.edges.filter((one) => !edges.includes(one)),
  };
  const back: EditCommand = { type: "addNode", node, edges, position: positionOf(document, id) };
  return {
    ok: true,
    document: withPosition(removed, id, null),
    inverse: undoneIn(document, back, id),
  };
}

/** What undoes the coming or going of a node, with the groups that it was in. */
function undoneIn(document: FlowDocument, command: EditCommand, id: string): EditCommand {
  const around = Object.entries(document.groups).filter(([, { nodes }]) => nodes.includes(id));
  if (around.length === 0) return command;
  const groups = around.map(([name, group]) => ({ type: "setGroup", id: name, group }) as const);
  return { type: "several", commands: [command, ...groups] };
}

function connect(document: FlowDocument, command: Extract<EditCommand, { type: "connect" }>): EditResult {
  const { from, output, to } = command;
  if (!nodeOf(document, from) || !nodeOf(document, to)) return refuse("noSuchNode");
  const before = document.edges.find((one) => isOn(one, command));
  return {
    ok: true,
    document: { ...document, edges: [...document.edges.filter((one) => one !== before), { from, output, to }] },
    inverse: before ? { type: "connect", ...before } : { type: "disconnect", from, output },
  };
}

function change(
  document: FlowDocument,
  id: string,
  changes: Partial<FlowNode>,
  inverse: (node: FlowNode) => EditCommand,
): EditResult {
  const node = nodeOf(document, id);
  if (!node) return refuse("noSuchNode");
  const nodes = document.nodes.map((one) => (one === node ? { ...node, ...changes } : one));
  return { ok: true, document: { ...document, nodes }, inverse: inverse(node) };
}

function isOn(edge: FlowEdge, { from, output }: { readonly from: string; readonly output: string }): boolean {
  return edge.from === from && edge.output === output;
}

function nodeOf(document: FlowDocument, id: string): FlowNode | undefined {
  return document.nodes.find((node) => node.id === id);
}

function positionOf(document: FlowDocument, id: string): readonly [number, number] | null {
  const [x, y] = (Object.hasOwn(document.layout, id) ? document.layout[id] : undefined) ?? [];
  return x === undefined || y === undefined ? null : [x, y];
}

function withPosition(document: FlowDocument, id: string, position: readonly [number, number] | null): FlowDocument {
  const others = Object.entries(document.layout).filter(([one]) => one !== id);
  const layout = Object.fromEntries(position === null ? others : [...others, [id, [...position]]]);
  return { ...document, layout };
}
