import type { FlowDocument } from "@cordboard/flow-schema";

/** Comments and groups are drawn beside nodes, whose ids they may share: a node is drawn under its own id, these with what they are. */
export const noteKey = (id: string): string => `note:${id}`;
export const groupKey = (id: string): string => `group:${id}`;

const after = (prefix: string, key: string) => (key.startsWith(prefix) ? key.slice(prefix.length) : null);

/** The comment that is drawn under it; null: it is none. */
export const noteIn = (key: string): string | null => after("note:", key);
/** The group that is drawn under it, as a frame or as a box; null: it is none. */
export const groupIn = (key: string): string | null => after("group:", key);

/** The group that a node is in; null: none. */
export function groupOf({ groups }: FlowDocument, node: string): string | null {
  return Object.entries(groups).find(([, { nodes }]) => nodes.includes(node))?.[0] ?? null;
}

/** What there is to draw of a document: what else was selected is gone. */
export function drawnKeys({ nodes, notes, groups }: FlowDocument): ReadonlySet<string> {
  return new Set([
    ...nodes.map(({ id }) => id),
    ...Object.keys(notes).map(noteKey),
    ...Object.keys(groups).map(groupKey),
  ]);
}

/** The nodes that are meant by a selection: a folded box stands for all of its own (`stands`). */
export function nodesMeant(
  { nodes, groups }: FlowDocument,
  selection: ReadonlySet<string>,
  stands: (groupId: string) => boolean,
): ReadonlySet<string> {
  const meant = new Set(selection);
  for (const key of selection) {
    const id = groupIn(key);
    const group = id !== null && Object.hasOwn(groups, id) && stands(id) ? groups[id] : undefined;
    for (const node of group?.nodes ?? []) meant.add(node);
  }
  return new Set(nodes.flatMap(({ id }) => (meant.has(id) ? id : [])));
}
