import { soundGroups } from "../annotations.ts";
import type { SubflowResolver } from "../company-facts.ts";
import type { FlowDocument, FlowEdge, FlowNode } from "../flow-document.ts";
import type { NodeTypeRegistry } from "../node-type-registry.ts";
import { validate } from "../validate.ts";
import { isReadBeforeSet, ledAnywhere, type NodeUses, nodeUses, reachedFrom, type Walk } from "./flow-variables.ts";

/** The types that run a flow and end it; the registry of the product has them. */
const runs = { type: "subflow", typeVersion: 1 };
const ends = { type: "exit", typeVersion: 1 };
/** How many ways out a node of that type has at most. */
const mostOutcomes = 20;

/** Why nodes cannot become a flow of their own, and what it is about. */
export type ExtractRefusal =
  /** This is a template: answers go into its nodes first. */
  | { readonly reason: "template" }
  | { readonly reason: "nothing" }
  /** Its settings are not in order, so nobody can say which variables it uses. */
  | { readonly reason: "unsound"; readonly node: FlowNode }
  /** Calls come in at more than one node. */
  | { readonly reason: "twoEntries"; readonly nodes: readonly FlowNode[] }
  | { readonly reason: "noEntry" }
  /** Calls that come in do not get to it. */
  | { readonly reason: "apart"; readonly node: FlowNode }
  /** Nobody would see any more that a circle asks the caller something on its way through these nodes. */
  | { readonly reason: "circle" }
  | { readonly reason: "noWayOut" }
  | { readonly reason: "tooManyOutcomes"; readonly most: number }
  /** It ends the flow itself where that runs inside another. */
  | { readonly reason: "exitInside"; readonly node: FlowNode }
  /** Its everyday settings have values that are kept for it in this flow. */
  | { readonly reason: "everydayInside"; readonly node: FlowNode }
  /** A key of the flow, or its error path, leads into the nodes. `key` is null for the error path. */
  | { readonly reason: "ledInside"; readonly key: string | null }
  /** It is set inside and read where a key or the error path leads, to which a call would come without it. */
  | { readonly reason: "lostOnTheWay"; readonly variable: string };

export interface Extracted {
  readonly ok: true;
  /** The flow of its own. Its id is still that of the flow that it comes from: whoever keeps it gives it one. */
  readonly inner: FlowDocument;
  /** The flow with one node in place of the nodes, once the other has an id. */
  readonly outer: (flowId: string) => FlowDocument;
  /** The node that runs it. */
  readonly node: string;
  readonly inputs: readonly string[];
  readonly results: readonly string[];
  /** Where calls leave it, by what it leads to. */
  readonly outcomes: readonly { readonly id: string; readonly label: string; readonly to: string }[];
}

/**
 * Makes a flow of its own of some nodes, and one node that runs it in their place. What is read before it is surely set inside is given to it;
 * what is set inside and read outside, or read again when a call comes back, is taken from it. Each node outside that cords lead to is one
 * way out. Calls do the same before and after; where that cannot be, it is refused. Pure.
 */
export function extractSubflow(
  document: FlowDocument,
  ids: ReadonlySet<string>,
  registry: NodeTypeRegistry,
  given: {
    readonly name: string;
    readonly nodeId: string;
    readonly nameOf: (node: FlowNode) => string;
    readonly subflow?: SubflowResolver;
  },
): Extracted | ({ readonly ok: false } & ExtractRefusal) {
  const refuse = (refusal: ExtractRefusal) => ({ ok: false, ...refusal }) as const;
  const chosen = document.nodes.filter(({ id }) => ids.has(id));
  const isInside = (id: string) => ids.has(id);
  if (Object.keys(document.parameters).length > 0) return refuse({ reason: "template" });
  if (chosen.length === 0) return refuse({ reason: "nothing" });
  const uses = nodeUses(document, registry);
  const unsound = chosen.find(({ id }) => !uses.get(id));
  if (unsound) return refuse({ reason: "unsound", node: unsound });
  const exit = chosen.find(({ id, config }) => (uses.get(id)?.facts.exit?.(config) ?? null) !== null);
  if (exit) return refuse({ reason: "exitInside", node: exit });
  const everyday = chosen.find((node) => Object.keys(node.everyday ?? {}).length > 0);
  if (everyday) return refuse({ reason: "everydayInside", node: everyday });
  const key = Object.entries(document.keys).find(([, to]) => ids.has(to));
  if (key) return refuse({ reason: "ledInside", key: key[0] });
  if (document.onError !== null && ids.has(document.onError)) return refuse({ reason: "ledInside", key: null });

  const entries = entriesOf(document, isInside);
  const [entry] = entries;
  if (entry === undefined) return refuse({ reason: "noEntry" });
  if (entries.length > 1) {
    return refuse({ reason: "twoEntries", nodes: chosen.filter(({ id }) => entries.includes(id)) });
  }
  const within = document.edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
  const reached = reachedFrom({ ...document, edges: within }, [entry]);
  const apart = chosen.find(({ id }) => !reached.has(id));
  if (apart) return refuse({ reason: "apart", node: apart });
  const leaving = document.edges.filter(({ from, to }) => ids.has(from) && !ids.has(to));
  const targets = [...new Set(leaving.map(({ to }) => to))];
  if (targets.length === 0) return refuse({ reason: "noWayOut" });
  if (targets.length > mostOutcomes) return refuse({ reason: "tooManyOutcomes", most: mostOutcomes });

  const variables = throughBorder(document, chosen, uses, { entry, targets });
  if (typeof variables === "string") return refuse({ reason: "lostOnTheWay", variable: variables });
  const byId = new Map(document.nodes.map((node) => [node.id, node]));
  const outcomes = targets.map((to, at) => {
    const node = byId.get(to);
    return { id: targets.length === 1 ? "done" : `out${at + 1}`, label: node ? given.nameOf(node) : to, to };
  });
  const parts = { document, chosen, isInside, uses, entry, leaving, outcomes, ...variables };
  const inner = innerOf(parts, given.name, registry);
  const outer = outerOf(parts, { ...given, flowId: provisional }, registry);
  const known: SubflowResolver = (id) => (id === provisional ? { ...inner, id } : given.subflow?.(id));
  if (!goesRound(document, registry, known) && goesRound(outer, registry, known)) return refuse({ reason: "circle" });
  return {
    ok: true,
    inner,
    outer: (flowId) => outerOf(parts, { ...given, flowId }, registry),
    node: given.nodeId,
    ...{ inputs: variables.inputs, results: variables.results, outcomes },
  };
}

/** Until it has a name of its own. */
const provisional = "extracted-part";

const goesRound = (document: FlowDocument, registry: NodeTypeRegistry, subflow: SubflowResolver): boolean =>
  validate(document, registry, { subflow }).some(({ code }) => code === "loopWithoutInput");

interface Parts {
  readonly document: FlowDocument;
  readonly chosen: readonly FlowNode[];
  readonly isInside: (id: string) => boolean;
  readonly uses: NodeUses;
  readonly entry: string;
  readonly leaving: readonly FlowEdge[];
  readonly outcomes: Extracted["outcomes"];
  readonly inputs: readonly string[];
  readonly results: readonly string[];
}

/** The nodes at which calls come in; of nodes that nothing leads to, the only one that none of them leads to. */
function entriesOf({ entry, edges, nodes }: FlowDocument, isInside: (id: string) => boolean): readonly string[] {
  const led = edges.filter(({ from, to }) => !isInside(from) && isInside(to)).map(({ to }) => to);
  const entries = [...new Set([...(isInside(entry) ? [entry] : []), ...led])];
  if (entries.length > 0) return entries;
  const within = new Set(edges.filter(({ from, to }) => from !== to && isInside(from)).map(({ to }) => to));
  const firsts = nodes.filter(({ id }) => isInside(id) && !within.has(id)).map(({ id }) => id);
  return firsts.length === 1 ? firsts : [];
}

/** Which variables go in and out; the name of one that would be lost where keys or failures lead. */
function throughBorder(
  document: FlowDocument,
  chosen: readonly FlowNode[],
  uses: NodeUses,
  { entry, targets }: { readonly entry: string; readonly targets: readonly string[] },
): { readonly inputs: readonly string[]; readonly results: readonly string[] } | string {
  const inside = new Set(chosen.map(({ id }) => id));
  const outside = document.nodes.filter(({ id }) => !inside.has(id));
  const anywhere = ledAnywhere(document);
  const comesBack = reachedFrom(document, [...targets, ...anywhere]).has(entry);
  const isSet = (name: string) => chosen.some(({ id }) => uses.get(id)?.writes.has(name));
  // Of a node outside whose settings are not in order nobody knows what it reads.
  const isReadOutside = (name: string) =>
    document.results.includes(name) || outside.some(({ id }) => uses.get(id)?.reads.has(name) ?? true);
  const walk: Walk = { document, uses, from: [entry], within: (id) => inside.has(id), leavingReads: false };
  const inputs: string[] = [];
  const results: string[] = [];
  for (const name of Object.keys(document.variables).sort()) {
    const read = isReadBeforeSet(name, walk);
    const taken = isSet(name) && (isReadOutside(name) || (read && comesBack));
    if (taken) results.push(name);
    if (read || (taken && isReadBeforeSet(name, { ...walk, leavingReads: true }))) inputs.push(name);
    const everywhere = { ...walk, from: anywhere, within: (id: string) => !inside.has(id), leavingReads: true };
    if (isSet(name) && isReadBeforeSet(name, everywhere) && (isReadOutside(name) || comesBack)) return name;
  }
  return { inputs, results };
}

function innerOf(parts: Parts, name: string, registry: NodeTypeRegistry): FlowDocument {
  const { document, chosen, isInside, entry, leaving, outcomes, inputs, results } = parts;
  const used = usedNames(chosen, parts.uses, registry, document);
  const taken = new Set(document.nodes.map(({ id }) => id));
  const exitOf = new Map(
    outcomes.map(({ id, to }) => {
      let own = `exit-${id}`;
      while (taken.has(own)) own = `${own}-`;
      return [to, own] as const;
    }),
  );
  const places = chosen.flatMap(({ id }) => (document.layout[id] ? [document.layout[id]] : []));
  const right = Math.max(0, ...places.map(([x = 0]) => x)) + 280;
  const top = places.length === 0 ? 0 : Math.min(...places.map(([, y = 0]) => y));
  const exits = outcomes.map(({ id, label, to }, at) => ({
    node: { id: exitOf.get(to) ?? id, name: label, ...ends, config: { output: id } },
    place: [right, top + at * 120],
  }));
  const within = document.edges.filter(({ from, to }) => isInside(from) && isInside(to));
  return {
    ...document,
    ...{ name, parameters: {}, inputs: [...inputs], results: [...results], entry, keys: {}, onError: null, notes: {} },
    variables: pick(
      document.variables,
      (one) => used.variables.has(one) || inputs.includes(one) || results.includes(one),
    ),
    prompts: pick(document.prompts, (id) => used.prompts.has(id)),
    nodes: [...chosen, ...exits.map(({ node }) => node)],
    edges: [...within, ...leaving.map(({ from, output, to }) => ({ from, output, to: exitOf.get(to) ?? to }))],
    groups: pick(document.groups, (id) => document.groups[id]?.nodes.every(isInside) === true),
    layout: {
      ...pick(document.layout, isInside),
      ...Object.fromEntries(exits.map(({ node, place }) => [node.id, place])),
    },
  };
}

function outerOf(
  parts: Parts,
  { name, nodeId, flowId }: { readonly name: string; readonly nodeId: string; readonly flowId: string },
  registry: NodeTypeRegistry,
): FlowDocument {
  const { document, chosen, isInside, entry, outcomes, inputs, results } = parts;
  const asThemselves = (names: readonly string[]) => Object.fromEntries(names.map((one) => [one, one]));
  const config = {
    flowId,
    inputs: asThemselves(inputs),
    results: asThemselves(results),
    outputs: outcomes.map(({ id, label }) => ({ id, label: label.slice(0, 100) })),
  };
  const node: FlowNode = { id: nodeId, name, ...runs, config };
  const others = document.nodes.filter(({ id }) => !isInside(id));
  const used = usedNames(others, parts.uses, registry, document);
  const inner = usedNames(chosen, parts.uses, registry, document);
  const names = new Set([...document.inputs, ...document.results, ...inputs, ...results]);
  const stays = (part: "variables" | "prompts") => (id: string) =>
    used[part].has(id) || !inner[part].has(id) || (part === "variables" && names.has(id));
  const groups = Object.entries(document.groups).map(([id, group]) => {
    const left = group.nodes.filter((one) => !isInside(one));
    // A group that keeps others has the node in place of those that went.
    return [
      id,
      left.length === group.nodes.length || left.length === 0
        ? { ...group, nodes: left }
        : { ...group, nodes: [...left, nodeId] },
    ] as const;
  });
  const { [entry]: place, ...layout } = document.layout;
  return {
    ...document,
    variables: pick(document.variables, stays("variables")),
    prompts: pick(document.prompts, stays("prompts")),
    entry: isInside(document.entry) ? nodeId : document.entry,
    nodes: [...others, node],
    edges: [
      ...document.edges
        .filter(({ from }) => !isInside(from))
        .map((edge) => (isInside(edge.to) ? { ...edge, to: nodeId } : edge)),
      ...outcomes.map(({ id, to }) => ({ from: nodeId, output: id, to })),
    ],
    groups: soundGroups(Object.fromEntries(groups), (id) => id === nodeId || others.some((one) => one.id === id)),
    layout: { ...pick(layout, (id) => !isInside(id)), ...(place ? { [nodeId]: place } : {}) },
  };
}

/** The variables and prompts that nodes name or read. Of those whose settings are not in order, all. */
function usedNames(nodes: readonly FlowNode[], uses: NodeUses, registry: NodeTypeRegistry, document: FlowDocument) {
  const variables = new Set<string>();
  const prompts = new Set<string>();
  for (const node of nodes) {
    const use = uses.get(node.id);
    const references = use?.facts.references(node.config) ?? [];
    for (const { kind, id } of references) {
      if (kind === "prompt") prompts.add(id);
      else if (kind === "variable") variables.add(id);
    }
    for (const name of use ? [...use.reads, ...use.writes] : Object.keys(document.variables)) variables.add(name);
    if (!use) for (const id of Object.keys(document.prompts)) prompts.add(id);
  }
  // Also a language that nobody hears yet names what it reads.
  for (const id of prompts) {
    const texts = Object.hasOwn(document.prompts, id) ? Object.values(document.prompts[id]?.texts ?? {}) : [];
    for (const text of texts) for (const name of registry.textVariables?.(text) ?? []) variables.add(name);
  }
  return { variables, prompts };
}

function pick<V>(members: Readonly<Record<string, V>>, keep: (name: string) => boolean): Record<string, V> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => keep(name)));
}
