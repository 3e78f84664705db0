import Value from "typebox/value";
import { soundGroups } from "../annotations.ts";
import type { FlowDocument, FlowNode, FlowVariable } from "../flow-document.ts";
import { isSame } from "../merge-values.ts";
import type { NodeTypeRegistry, SubflowUse } from "../node-type-registry.ts";
import { setAtPointer } from "../set-at-pointer.ts";
import { isReadBeforeSet, ledAnywhere, type NodeUses, nodeUses, reachedFrom } from "./flow-variables.ts";

/** The type that gives variables values; the registry of the product has it. */
const sets = { type: "set", typeVersion: 1 };
const mostAssignments = 30;

/** Why what a node runs cannot stand in its place. */
export type InlineRefusal =
  | { readonly reason: "noSubflow" }
  /** It asks for answers first. */
  | { readonly reason: "template" }
  | { readonly reason: "unsound"; readonly node: FlowNode }
  /** Its everyday settings have values that are kept for it in that flow. */
  | { readonly reason: "everydayInside"; readonly node: FlowNode }
  /** Its keys work in it alone; here they would work everywhere. */
  | { readonly reason: "innerKeys" }
  /** Both flows have a variable of that name, each with a value of its own. */
  | { readonly reason: "variableTaken"; readonly variable: string }
  | { readonly reason: "tooMany"; readonly most: number }
  /** It ends where it begins, and nothing comes after. */
  | { readonly reason: "empty" };

interface Inlined {
  readonly ok: true;
  readonly document: FlowDocument;
  /** The nodes that came in. */
  readonly nodes: readonly string[];
}

/**
 * Puts the nodes of a flow in place of the node that runs it. Variables that both flows call the same are one, where that changes nothing for
 * calls; what is given and taken otherwise is given by a node of its own. Calls do the same before and after; where that cannot be, it is
 * refused. Pure.
 */
export function inlineSubflow(
  document: FlowDocument,
  nodeId: string,
  inner: FlowDocument,
  registry: NodeTypeRegistry,
  given: {
    readonly freshId: (prefix: "n" | "p", isTaken: (id: string) => boolean) => string;
    /** What the nodes are called that give variables their values before and after. */
    readonly names: { readonly before: string; readonly after: string };
  },
): Inlined | ({ readonly ok: false } & InlineRefusal) {
  const refuse = (refusal: InlineRefusal) => ({ ok: false, ...refusal }) as const;
  const node = document.nodes.find(({ id }) => id === nodeId);
  const facts = node && registry.find(node.type, node.typeVersion);
  const use = node && facts && Value.Check(facts.config, node.config) ? (facts.subflow?.(node.config) ?? null) : null;
  if (!node || use === null) return refuse({ reason: "noSubflow" });
  if (Object.keys(inner.parameters).length > 0) return refuse({ reason: "template" });
  if (Object.keys(inner.keys).length > 0) return refuse({ reason: "innerKeys" });
  const uses = nodeUses(inner, registry);
  const unsound = inner.nodes.find(({ id }) => !uses.get(id));
  if (unsound) return refuse({ reason: "unsound", node: unsound });

  const everyday = inner.nodes.find((one) => Object.keys(one.everyday ?? {}).length > 0);
  if (everyday) return refuse({ reason: "everydayInside", node: everyday });

  const variables = variablesTogether(document, nodeId, inner, use, {
    outer: nodeUses(document, registry),
    inner: uses,
  });
  if (typeof variables === "string") return refuse({ reason: "variableTaken", variable: variables });
  const { before, after, declared } = variables;
  if (Math.max(before.length, after.length) > mostAssignments)
    return refuse({ reason: "tooMany", most: mostAssignments });

  const isTaken = (id: string) =>
    Object.hasOwn(document.notes, id) || document.nodes.some((one) => one.id === id && id !== nodeId);
  const named = new Map<string, string>();
  const fresh = (prefix: "n" | "p", taken: (id: string) => boolean): string =>
    given.freshId(prefix, (id) => taken(id) || [...named.values()].includes(id));
  const idOf = (id: string): string => {
    const known = named.get(id);
    if (known !== undefined) return known;
    const own = isTaken(id) ? fresh("n", (one) => isTaken(one) || inner.nodes.some((other) => other.id === one)) : id;
    named.set(id, own);
    return own;
  };
  const prompts = promptsTogether(document, inner, given.freshId);
  const exits = new Map(
    inner.nodes.flatMap(({ id, config }): [string, string][] => {
      const output = uses.get(id)?.facts.exit?.(config) ?? null;
      return output === null ? [] : [[id, output]];
    }),
  );
  const added: FlowNode[] = [];
  const edges = document.edges.filter(({ from, to }) => from !== nodeId && to !== nodeId);
  const assigning = (name: string, assignments: readonly Assignment[], to: string | null): string => {
    const id = fresh("n", (one) => isTaken(one) || inner.nodes.some((other) => other.id === one));
    named.set(`assigning ${id}`, id);
    added.push({ id, name, ...sets, config: { assignments } });
    if (to !== null) edges.push({ from: id, output: "done", to });
    return id;
  };
  const outerTarget = (output: string): string | null =>
    document.edges.find((one) => one.from === nodeId && one.output === output)?.to ?? null;
  // A way out that leads back to the node leads to what stands in its place.
  const back = { id: "" };
  const leavesTo = new Map<string, string | null>();
  const leaves = (output: string): string | null => {
    if (!leavesTo.has(output)) {
      const target = outerTarget(output);
      const to = target === nodeId ? back.id : target;
      leavesTo.set(output, after.length === 0 || to === null ? to : assigning(given.names.after, after, to));
    }
    return leavesTo.get(output) ?? null;
  };
  const entryExit = exits.get(inner.entry);
  if (entryExit !== undefined && outerTarget(entryExit) === nodeId) return refuse({ reason: "empty" });
  const first = entryExit === undefined ? idOf(inner.entry) : leaves(entryExit);
  if (first === null) return refuse({ reason: "empty" });
  const start = before.length === 0 ? first : assigning(given.names.before, before, first);
  back.id = start;

  const within = inner.nodes.filter(({ id }) => !exits.has(id));
  for (const { from, output, to } of inner.edges) {
    if (exits.has(from)) continue;
    const exit = exits.get(to);
    const target = exit === undefined ? idOf(to) : leaves(exit);
    if (target !== null) edges.push({ from: idOf(from), output, to: target });
  }
  const comesIn = within.map((one) => ({ ...one, id: idOf(one.id), config: prompts.renamedIn(one, uses) }));
  edges.push(
    ...document.edges.filter(({ from, to }) => to === nodeId && from !== nodeId).map((one) => ({ ...one, to: start })),
  );
  const instead = (id: string) => (id === nodeId ? start : id);
  const nodes = [...document.nodes.filter(({ id }) => id !== nodeId), ...comesIn, ...added];
  const ids = [...comesIn, ...added].map(({ id }) => id);
  const known = new Set(nodes.map(({ id }) => id));
  const groups = Object.entries(document.groups).map(([id, group]) => [
    id,
    group.nodes.includes(nodeId)
      ? { ...group, nodes: [...group.nodes.filter((one) => one !== nodeId), ...ids] }
      : group,
  ]);
  return {
    ok: true,
    nodes: ids,
    document: {
      ...document,
      variables: { ...document.variables, ...declared },
      prompts: { ...document.prompts, ...prompts.added },
      entry: instead(document.entry),
      keys: Object.fromEntries(Object.entries(document.keys).map(([key, to]) => [key, instead(to)])),
      onError: document.onError === null ? null : instead(document.onError),
      nodes,
      edges,
      groups: soundGroups(Object.fromEntries(groups), (id) => known.has(id)),
      layout: layoutTogether(document, nodeId, inner, idOf, { start, first, added, within }),
    },
  };
}

interface Assignment {
  readonly variable: string;
  readonly value: string;
}

/** How the variables of both become those of one: what is declared anew, and what is given before and after; the name of one that cannot. */
function variablesTogether(
  document: FlowDocument,
  nodeId: string,
  inner: FlowDocument,
  use: SubflowUse,
  uses: { readonly outer: NodeUses; readonly inner: NodeUses },
): { before: Assignment[]; after: Assignment[]; declared: Record<string, FlowVariable> } | string {
  const targets = document.edges.filter(({ from }) => from === nodeId).map(({ to }) => to);
  const comesBack = reachedFrom(document, [...targets, ...ledAnywhere(document)]).has(nodeId);
  const walk = { document: inner, uses: uses.inner, from: [inner.entry], within: () => true, leavingReads: false };
  const given = Object.values(use.inputVariables).flat();
  const left = { document, uses: uses.outer, from: ledAnywhere(document), within: (id: string) => id !== nodeId };
  const before: Assignment[] = [];
  const after: Assignment[] = [];
  const declared: Record<string, FlowVariable> = {};
  const resultsFrom = new Map(Object.entries(use.results).map(([outer, own]) => [own, outer]));
  for (const [name, variable] of Object.entries(inner.variables)) {
    const source = inner.inputs.includes(name) ? use.inputs[name] : undefined;
    const isRead = isReadBeforeSet(name, walk) || (inner.results.includes(name) && resultsFrom.has(name));
    const around = Object.hasOwn(document.variables, name) ? document.variables[name] : undefined;
    if (around === undefined) {
      declared[name] = variable;
      if (isRead && (comesBack || source !== undefined)) before.push({ variable: name, value: firstValue(variable) });
      if (isRead && source !== undefined) before.push({ variable: name, value: source });
      continue;
    }
    const isAlike = around.type === variable.type && (around.secret ?? false) === (variable.secret ?? false);
    const sameIn = source?.trim() === name || !isRead;
    const isSet = source === undefined ? [...uses.inner.values()].some((one) => one?.writes.has(name)) : true;
    const changes = isSet && [...uses.inner.values()].some((one) => one?.writes.has(name));
    const others = document.nodes.some(({ id }) => id !== nodeId && (uses.outer.get(id)?.reads.has(name) ?? true));
    const isMissed = others || document.results.includes(name) || (comesBack && given.includes(name));
    const sameOut = use.results[name] === name || !changes || !isMissed;
    // A key or a failure on the way leaves it as it was; here it would have been changed.
    const isLeft = changes && isReadBeforeSet(name, { ...left, leavingReads: given.includes(name) });
    if (!isAlike || !sameIn || !sameOut || isLeft) return name;
  }
  for (const [outer, own] of Object.entries(use.results)) {
    if (outer === own) continue;
    // Another variable of the inner flow would be overwritten before it is taken.
    if (Object.hasOwn(inner.variables, outer)) return outer;
    after.push({ variable: outer, value: own });
  }
  return { before, after, declared };
}

function firstValue({ type, initial }: FlowVariable): string {
  if (type === "string") return JSON.stringify(typeof initial === "string" ? initial : "");
  return String(initial ?? (type === "number" ? 0 : false));
}

/** The prompts of both: what both have alike is one, what they call the same by accident gets another id. */
function promptsTogether(
  document: FlowDocument,
  inner: FlowDocument,
  freshId: (prefix: "n" | "p", isTaken: (id: string) => boolean) => string,
) {
  const renamed = new Map<string, string>();
  const added: FlowDocument["prompts"] = {};
  for (const [id, prompt] of Object.entries(inner.prompts)) {
    const there = Object.hasOwn(document.prompts, id) ? document.prompts[id] : undefined;
    const clashes = there !== undefined && !isSame(there, prompt);
    const own = clashes
      ? freshId("p", (one) => [document.prompts, inner.prompts, added].some((part) => Object.hasOwn(part, one)))
      : id;
    if (clashes) renamed.set(id, own);
    if (there === undefined || clashes) added[own] = prompt;
  }
  const renamedIn = (node: FlowNode, uses: NodeUses): FlowNode["config"] => {
    let config: unknown = node.config;
    for (const { kind, id, pointer } of uses.get(node.id)?.facts.references(node.config) ?? []) {
      const own = kind === "prompt" ? renamed.get(id) : undefined;
      if (own !== undefined) config = setAtPointer(config, pointer, own);
    }
    return config as FlowNode["config"];
  };
  return { added, renamedIn };
}

/** What came in stands where the node stood; where others stand in its way, what stood right of the node makes room. */
function layoutTogether(
  document: FlowDocument,
  nodeId: string,
  inner: FlowDocument,
  idOf: (id: string) => string,
  made: {
    readonly start: string;
    readonly first: string;
    readonly added: readonly FlowNode[];
    readonly within: readonly FlowNode[];
  },
): FlowDocument["layout"] {
  const { [nodeId]: place = [0, 0], ...others } = document.layout;
  const [x = 0, y = 0] = place;
  const lead = made.start === made.first ? 0 : 280;
  const places = made.within.map(({ id }) => inner.layout[id] ?? [0, 0]);
  const left = Math.min(...places.map(([one = 0]) => one));
  const top = Math.min(...places.map(([, one = 0]) => one));
  const width = Math.max(0, ...places.map(([one = 0]) => one - left)) + lead;
  const comes = made.within.map((_, at) => {
    const [innerX = left, innerY = top] = places[at] ?? [];
    return [x + lead + innerX - left, y + innerY - top] as const;
  });
  const isInTheWay = ([otherX = 0, otherY = 0]: readonly number[]) =>
    comes.some(([ownX, ownY]) => Math.abs(ownX - otherX) < 220 && Math.abs(ownY - otherY) < 140);
  const room = Object.values(others).some(isInTheWay) ? width : 0;
  const moved = Object.entries(others).map(([id, [otherX = 0, ...rest]]) => [
    id,
    [otherX > x ? otherX + room : otherX, ...rest],
  ]);
  const own = made.within.map(({ id }, at) => [idOf(id), [...(comes[at] ?? [x, y])]]);
  const assigning = made.added.map(({ id }, at) => [id, id === made.start ? [x, y] : [x + width + 140, y + at * 120]]);
  return Object.fromEntries([...moved, ...own, ...assigning]);
}
