import type { AnnotationColour, FlowDocument } from "@cordboard/flow-schema";
import { groupIn, groupOf, noteIn } from "./drawn-ids.ts";
import type { EditorCommand } from "./editor-command.ts";
import { freshId } from "./fresh-id.ts";
import { removeNodesCommands } from "./remove-nodes.ts";

interface Made {
  readonly id: string;
  readonly commands: readonly EditorCommand[];
}

/** The commands that put an empty comment there. */
export function addNoteCommands(document: FlowDocument, [x, y]: readonly [number, number]): Made {
  const isTaken = (one: string) => Object.hasOwn(document.notes, one) || document.nodes.some(({ id }) => id === one);
  const id = freshId("c", isTaken);
  return { id, commands: [{ type: "setNote", id, note: { text: "" }, place: [x, y, 220, 96] }] };
}

/** The commands that draw a frame around nodes, which leave the groups they were in; `null` when there are none. */
export function groupCommands(
  document: FlowDocument,
  nodes: ReadonlySet<string>,
  { title, colour }: { readonly title: string; readonly colour: AnnotationColour },
): Made | null {
  if (nodes.size === 0) return null;
  const id = freshId("g", (one) => Object.hasOwn(document.groups, one));
  const left = Object.entries(document.groups).flatMap(([other, group]): readonly EditorCommand[] => {
    const stay = group.nodes.filter((node) => !nodes.has(node));
    if (stay.length === group.nodes.length) return [];
    return [{ type: "setGroup", id: other, group: stay.length === 0 ? null : { ...group, nodes: stay } }];
  });
  return { id, commands: [...left, { type: "setGroup", id, group: { title, colour, nodes: [...nodes] } }] };
}

/** The group that a selection is about: one that is selected itself, or the one that all selected nodes are in; `null`: none. */
export function groupMeant(document: FlowDocument, selection: ReadonlySet<string>): string | null {
  const groups = new Set([...selection].map((key) => groupIn(key) ?? groupOf(document, key)));
  const [only = null] = groups;
  return groups.size === 1 && only !== null && Object.hasOwn(document.groups, only) ? only : null;
}

/**
 * The commands that remove what is selected: `nodes`, comments, and of groups that are open the frame alone. `null` when nothing can be removed:
 * where calls begin stays.
 */
export function removeCommands(
  document: FlowDocument,
  nodes: ReadonlySet<string>,
  selection: ReadonlySet<string>,
): readonly EditorCommand[] | null {
  const annotations = [...selection].flatMap((key): readonly EditorCommand[] => {
    const [note, group] = [noteIn(key), groupIn(key)];
    if (note !== null && Object.hasOwn(document.notes, note))
      return [{ type: "setNote", id: note, note: null, place: null }];
    const isOpen = group !== null && document.groups[group]?.nodes.some((id) => !nodes.has(id));
    return isOpen ? [{ type: "setGroup", id: group, group: null }] : [];
  });
  const commands = [...annotations, ...(removeNodesCommands(document, nodes) ?? [])];
  return commands.length === 0 ? null : commands;
}
