import {
  diffFlows,
  type EdgeChange,
  type FlowDiff,
  type FlowDocument,
  type FlowNode,
  type ValueChange,
} from "@cordboard/flow-schema";
import { referencesOf } from "../editor/model/node-facts.ts";

export type Tone = "added" | "removed" | "changed";

export type PromptChange = FlowDiff["prompts"][number];

/** What is different at one place: a node with what it says and where it leads, or the flow around the nodes. */
export interface Difference {
  /** The node's id; null: the flow's own settings, variables, prompts that no node uses, comments and groups. */
  readonly node: string | null;
  readonly tone: Tone;
  /** Of its settings; pointers as in `diffFlows`, from the node or the document. */
  readonly values: readonly ValueChange[];
  readonly prompts: readonly PromptChange[];
  readonly leads: readonly EdgeChange[];
  readonly variables: FlowDiff["variables"];
  readonly notes: FlowDiff["notes"];
  readonly groups: FlowDiff["groups"];
}

/** The differences between two flows in the order in which the drawing is read: the flow, then its nodes from left to right. Pure. */
export function differencesOf(before: FlowDocument, after: FlowDocument): readonly Difference[] {
  const diff = diffFlows(before, after);
  const nodes = new Map([...before.nodes, ...after.nodes].map((node) => [node.id, node]));
  const changed = new Map(diff.nodes.map((one) => [one.id, one]));
  const leads = grouped(diff.edges, ({ from }) => from);
  const prompts = new Map(diff.prompts.map((one) => [one.id, one]));
  const told = new Set<string>();
  const promptsOf = (node: FlowNode): readonly PromptChange[] => {
    const ids = new Set(referencesOf(node).flatMap(({ kind, id }) => (kind === "prompt" ? id : [])));
    return [...ids].flatMap((id) => {
      const prompt = prompts.get(id);
      if (prompt) told.add(id);
      return prompt ?? [];
    });
  };
  const places = { ...before.layout, ...after.layout };
  const [x, y] = [(id: string) => places[id]?.[0] ?? 0, (id: string) => places[id]?.[1] ?? 0];
  const ofNodes = [...nodes.values()]
    .flatMap((node): readonly Difference[] => {
      const own = changed.get(node.id);
      const found = {
        node: node.id,
        tone: own?.before === null ? "added" : own?.after === null ? "removed" : "changed",
        values: own?.values ?? [],
        prompts: promptsOf(node),
        // Where a node led that is gone goes without saying.
        leads: own?.after === null ? [] : (leads.get(node.id) ?? []),
        variables: [],
        notes: [],
        groups: [],
      } as const;
      return own || found.prompts.length > 0 || found.leads.length > 0 ? [found] : [];
    })
    .sort((a, b) => x(a.node ?? "") - x(b.node ?? "") || y(a.node ?? "") - y(b.node ?? ""));
  const flow: Difference = {
    node: null,
    tone: "changed",
    values: diff.document,
    prompts: diff.prompts.filter(({ id }) => !told.has(id)),
    leads: [],
    variables: diff.variables,
    notes: diff.notes,
    groups: diff.groups,
  };
  const anything = [flow.values, flow.prompts, flow.variables, flow.notes, flow.groups].some(
    ({ length }) => length > 0,
  );
  return anything ? [flow, ...ofNodes] : ofNodes;
}

function grouped<Thing>(things: readonly Thing[], by: (thing: Thing) => string): ReadonlyMap<string, readonly Thing[]> {
  const groups = new Map<string, Thing[]>();
  for (const thing of things) {
    const group = groups.get(by(thing));
    if (group) group.push(thing);
    else groups.set(by(thing), [thing]);
  }
  return groups;
}
