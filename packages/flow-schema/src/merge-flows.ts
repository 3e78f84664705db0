import { soundGroups } from "./annotations.ts";
import type { FlowDocument, FlowEdge, FlowNode } from "./flow-document.ts";
import { isSame, type Judge, type MergeConflict, mergeMembers, mergeValues, type Side } from "./merge-values.ts";

export interface MergedFlow {
  /** Both sides' changes; at each conflict what was chosen. */
  readonly document: FlowDocument;
  readonly conflicts: readonly MergeConflict[];
}

/** Of nodes and edges the merge is by what they are called, of places by whoever moved them last; the rest is settings. */
const PARTS: ReadonlySet<string> = new Set([
  "nodes",
  "edges",
  "layout",
  "groups",
  "prompts",
  "variables",
  "entry",
  "onError",
  "keys",
]);

/**
 * Merges what two sides made of one flow, by node, output and setting. Where both changed the same to something else there is a conflict: of
 * these `chosen` says which side stands (by pointer); else the one that has something there, of two mine. Nothing is lost: what is not in the
 * document stands in a conflict, but for places on the canvas, which mean nothing. A node that one side removed while the other changed it, or
 * led something new to it, is such a conflict. What comes of two sound flows may need a look: each output leads somewhere that is there, but
 * two settings that were changed apart may not fit each other, which validation says. Pure.
 */
export function mergeFlows(
  base: FlowDocument,
  mine: FlowDocument,
  theirs: FlowDocument,
  chosen: ReadonlyMap<string, Side> = new Map(),
): MergedFlow {
  const conflicts: MergeConflict[] = [];
  const judge: Judge = (conflict) => {
    conflicts.push(conflict);
    return chosen.get(conflict.pointer) ?? (conflict.mine === undefined ? "theirs" : "mine");
  };
  const nodes = mergeNodes(base, mine, theirs, judge);
  const edges = mergeEdges(base, mine, theirs, nodes, judge);
  const rest = mergeMembers(restOf(base), restOf(mine), restOf(theirs), "", judge);
  const part = <Name extends "prompts" | "variables">(name: Name): FlowDocument[Name] =>
    withUsed(
      name,
      { base, mine, theirs },
      nodes,
      asPart(mergeValues(base[name], mine[name], theirs[name], `/${name}`, judge)),
    );
  const led = ledTo({ base, mine, theirs }, nodes, judge);
  const groups = asPart<FlowDocument["groups"]>(mergeValues(base.groups, mine.groups, theirs.groups, "/groups", judge));
  const layout = Object.entries({ ...theirs.layout, ...moved(base, mine, theirs) });
  const merged = { ...mine, ...Object.fromEntries(rest), ...led };
  const document = {
    ...merged,
    prompts: part("prompts"),
    variables: part("variables"),
    nodes: [...nodes.values()],
    edges,
    groups: soundGroups(groups, (id) => nodes.has(id)),
    layout: Object.fromEntries(layout.filter(([id]) => nodes.has(id) || Object.hasOwn(merged.notes, id))),
  };
  return { document, conflicts };
}

const restOf = (document: FlowDocument) => new Map(Object.entries(document).filter(([name]) => !PARTS.has(name)));
const byId = ({ nodes }: FlowDocument) => new Map(nodes.map((node) => [node.id, node]));
const asPart = <Part>(merged: unknown) => merged as Part;

function mergeNodes(base: FlowDocument, mine: FlowDocument, theirs: FlowDocument, judge: Judge) {
  const [was, left, right] = [byId(base), byId(mine), byId(theirs)];
  const merged = new Map<string, FlowNode>();
  for (const id of new Set([...left.keys(), ...right.keys()])) {
    const [before, own, other] = [was.get(id), left.get(id), right.get(id)];
    const conflict = { pointer: `/nodes/${id}`, base: before, mine: own, theirs: other };
    const isOneKind = own?.type === other?.type && own?.typeVersion === other?.typeVersion;
    let node: FlowNode | undefined;
    if (own && other && !isOneKind && !isSame(own, before) && !isSame(other, before)) {
      // Settings of two kinds are not to be mixed.
      node = judge(conflict) === "mine" ? own : other;
    } else if (before && !own && other && isSame(before, other) && leadsAnew(base, theirs, id)) {
      node = judge(conflict) === "mine" ? own : other;
    } else if (before && own && !other && isSame(before, own) && leadsAnew(base, mine, id)) {
      node = judge(conflict) === "mine" ? own : other;
    } else node = mergeValues(before, own, other, conflict.pointer, judge) as FlowNode | undefined;
    if (node) merged.set(id, node);
  }
  if (merged.size > 0) return merged;
  // Each removed all that the other kept.
  for (const node of mine.nodes) {
    judge({ pointer: `/nodes/${node.id}`, base: was.get(node.id), mine: node, theirs: undefined });
    merged.set(node.id, node);
  }
  return merged;
}

/** Whether a side let something lead to a node, or a node lead somewhere, that did not before. */
function leadsAnew(base: FlowDocument, side: FlowDocument, id: string): boolean {
  const known = new Set(base.edges.map(named));
  return (
    side.edges.some((edge) => (edge.from === id || edge.to === id) && !known.has(named(edge))) ||
    (side.entry === id && base.entry !== id) ||
    (side.onError === id && base.onError !== id) ||
    Object.entries(side.keys).some(([key, to]) => to === id && base.keys[key] !== id)
  );
}

const named = ({ from, output, to }: FlowEdge) => `${from} ${output} ${to}`;

function mergeEdges(
  base: FlowDocument,
  mine: FlowDocument,
  theirs: FlowDocument,
  nodes: ReadonlyMap<string, FlowNode>,
  judge: Judge,
): FlowEdge[] {
  const byOutput = ({ edges }: FlowDocument) =>
    new Map(edges.map(({ from, output, to }): [string, string] => [`${from} ${output}`, to]));
  const [was, left, right] = [byOutput(base), byOutput(mine), byOutput(theirs)];
  const [own, other] = [byId(mine), byId(theirs)];
  // A node that one side had removed and that stays comes back with where it led.
  const comesBack = (output: string) => {
    const [from = ""] = output.split(" ");
    return nodes.has(from) && own.has(from) !== other.has(from);
  };
  const sided = (edges: Map<string, string>, others: Map<string, string>, has: ReadonlyMap<string, FlowNode>) =>
    new Map([...edges, ...[...others].filter(([output]) => comesBack(output) && !has.has(output.split(" ")[0] ?? ""))]);
  const merged = mergeMembers(was, sided(left, right, own), sided(right, left, other), "/edges", judge);
  return [...merged].flatMap(([key, to]) => {
    const [from = "", output = ""] = key.split(" ");
    return typeof to === "string" && nodes.has(from) && nodes.has(to) ? [{ from, output, to }] : [];
  });
}

type Three = { readonly base: FlowDocument; readonly mine: FlowDocument; readonly theirs: FlowDocument };

/** Where calls begin, where failures and keys lead: to nodes that are there. */
function ledTo({ base, mine, theirs }: Three, nodes: ReadonlyMap<string, FlowNode>, judge: Judge) {
  const there = (id: unknown): id is string => typeof id === "string" && nodes.has(id);
  const entry = mergeValues(base.entry, mine.entry, theirs.entry, "/entry", judge);
  const onError = mergeValues(base.onError, mine.onError, theirs.onError, "/onError", judge);
  const keys = Object.entries(mergeValues(base.keys, mine.keys, theirs.keys, "/keys", judge) ?? {});
  const [first = mine.entry] = nodes.keys();
  return {
    entry: [entry, mine.entry, theirs.entry].find(there) ?? first,
    onError: there(onError) ? onError : null,
    keys: Object.fromEntries(keys.filter(([, to]) => there(to))) as FlowDocument["keys"],
  };
}

/** Prompts and variables that one side removed, and the other lets be used where they were not, stay. */
function withUsed<Name extends "prompts" | "variables">(
  name: Name,
  { base, mine, theirs }: Three,
  nodes: ReadonlyMap<string, FlowNode>,
  merged: FlowDocument[Name],
): FlowDocument[Name] {
  const removed = [mine, theirs].flatMap((side) =>
    Object.entries(base[name]).filter(([id]) => !Object.hasOwn(side[name], id) && !names(side.nodes, id)),
  );
  const used = removed.filter(([id]) => !Object.hasOwn(merged, id) && names([...nodes.values()], id));
  return { ...merged, ...Object.fromEntries(used) };
}

/** Whether settings name it anywhere, also within an expression. */
function names(nodes: readonly FlowNode[], id: string): boolean {
  const word = new RegExp(`\\b${id.replace(/[^A-Za-z0-9_]/g, "\\$&")}\\b`);
  return nodes.some(({ config }) => word.test(JSON.stringify(config)));
}

/** Mine where I moved it, or where it stands nowhere else. */
function moved({ layout: was }: FlowDocument, { layout: mine }: FlowDocument, { layout: theirs }: FlowDocument) {
  return Object.fromEntries(
    Object.entries(mine).filter(([id, place]) => !isSame(place, was[id]) || theirs[id] === undefined),
  );
}
