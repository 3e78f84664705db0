import type { FlowGroup, FlowNote } from "./annotations.ts";
import type { FlowDocument, FlowEdge, FlowNode } from "./flow-document.ts";

/** A value at a place that differs; `undefined` where there is nothing. */
export interface ValueChange {
  /** JSON pointer inside what changed. Members of lists that have ids are named by them: `/choices/sales/digit`. */
  readonly pointer: string;
  readonly before: unknown;
  readonly after: unknown;
}

interface Changed<Thing> {
  readonly id: string;
  readonly before: Thing | null;
  readonly after: Thing | null;
  /** Empty for what was added or removed. */
  readonly values: readonly ValueChange[];
}

/** Where an output leads, before and after. */
export interface EdgeChange {
  readonly from: string;
  readonly output: string;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * What is different between two flows, by meaning: boxes that were only moved, groups that were only folded are not in it. All lists are sorted
 * by id. Comments and groups are for authors alone.
 */
export interface FlowDiff {
  /** Name, languages, entry, error path …: members of the document itself. */
  readonly document: readonly ValueChange[];
  readonly nodes: readonly Changed<FlowNode>[];
  readonly edges: readonly EdgeChange[];
  readonly prompts: readonly Changed<FlowDocument["prompts"][string]>[];
  readonly variables: readonly Changed<FlowDocument["variables"][string]>[];
  readonly notes: readonly Changed<FlowNote>[];
  readonly groups: readonly Changed<Omit<FlowGroup, "folded">>[];
}

const PARTS: ReadonlySet<string> = new Set(["nodes", "edges", "prompts", "variables", "notes", "groups", "layout"]);

/** Compares two flows by node id, output, prompt id and variable name. Pure; linear in the size of both. */
export function diffFlows(before: FlowDocument, after: FlowDocument): FlowDiff {
  return {
    document: changes(withoutParts(before), withoutParts(after)),
    nodes: compare(byId(before.nodes), byId(after.nodes)),
    edges: edgeChanges(before.edges, after.edges),
    prompts: compare(new Map(Object.entries(before.prompts)), new Map(Object.entries(after.prompts))),
    variables: compare(new Map(Object.entries(before.variables)), new Map(Object.entries(after.variables))),
    notes: compare(new Map(Object.entries(before.notes)), new Map(Object.entries(after.notes))),
    groups: compare(asDrawn(before.groups), asDrawn(after.groups)),
  };
}

/** Whether two flows do the same with every caller. */
export function isSameBehaviour(diff: FlowDiff): boolean {
  return [diff.document, diff.nodes, diff.edges, diff.prompts, diff.variables].every((list) => list.length === 0);
}

/** Without whether they are folded, and with their nodes in one order. */
const asDrawn = (groups: FlowDocument["groups"]) =>
  new Map(
    Object.entries(groups).map(([id, { title, colour, nodes }]) => [id, { title, colour, nodes: [...nodes].sort() }]),
  );

function withoutParts(document: FlowDocument): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !PARTS.has(name)));
}

const byId = (nodes: readonly FlowNode[]) => new Map(nodes.map((node) => [node.id, node]));

function compare<Thing>(
  before: ReadonlyMap<string, Thing>,
  after: ReadonlyMap<string, Thing>,
): readonly Changed<Thing>[] {
  return union(before.keys(), after.keys()).flatMap((id): readonly Changed<Thing>[] => {
    const [was, is] = [before.get(id), after.get(id)];
    if (was === undefined || is === undefined) return [{ id, before: was ?? null, after: is ?? null, values: [] }];
    const values = changes(was, is);
    return values.length === 0 ? [] : [{ id, before: was, after: is, values }];
  });
}

function edgeChanges(before: readonly FlowEdge[], after: readonly FlowEdge[]): readonly EdgeChange[] {
  // A blank parts what it joins: it can be in neither.
  const byOutput = (edges: readonly FlowEdge[]) => new Map(edges.map((edge) => [`${edge.from} ${edge.output}`, edge]));
  const [was, is] = [byOutput(before), byOutput(after)];
  return union(was.keys(), is.keys()).flatMap((key) => {
    const [left, right] = [was.get(key), is.get(key)];
    const { from, output } = left ?? right ?? { from: "", output: "" };
    if (left?.to === right?.to) return [];
    return [{ from, output, before: left?.to ?? null, after: right?.to ?? null }];
  });
}

/** The places that differ, deepest first named; lists whose members have ids are compared by id, and a new order is a change of its own. */
function changes(before: unknown, after: unknown, pointer = ""): readonly ValueChange[] {
  if (Object.is(before, after)) return [];
  const [left, right] = [membersOf(before), membersOf(after)];
  if (!left || !right || left.kind !== right.kind) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ pointer, before, after }];
  }
  const inside = union(left.members.keys(), right.members.keys()).flatMap((name) =>
    changes(left.members.get(name), right.members.get(name), `${pointer}/${escaped(name)}`),
  );
  const kept = (own: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>) =>
    [...own.keys()].filter((name) => other.has(name));
  const [order, newOrder] = [kept(left.members, right.members), kept(right.members, left.members)];
  const moved = left.kind === "list" && order.join(" ") !== newOrder.join(" ");
  return moved ? [{ pointer, before: order, after: newOrder }, ...inside] : inside;
}

type Members = { readonly kind: "object" | "list"; readonly members: ReadonlyMap<string, unknown> };

/** Lists without ids are values: what moved in them cannot be told from what changed. */
function membersOf(value: unknown): Members | null {
  if (typeof value !== "object" || value === null) return null;
  if (!Array.isArray(value)) return { kind: "object", members: new Map(Object.entries(value)) };
  const members = new Map<string, unknown>();
  for (const item of value) {
    const id: unknown = typeof item === "object" && item !== null ? Reflect.get(item, "id") : undefined;
    if (typeof id !== "string" || members.has(id)) return null;
    members.set(id, item);
  }
  return { kind: "list", members };
}

const escaped = (name: string) => name.replaceAll("~", "~0").replaceAll("/", "~1");

function union(left: Iterable<string>, right: Iterable<string>): string[] {
  return [...new Set([...left, ...right])].sort((a, b) => (a < b ? -1 : 1));
}
