import { useMemo } from "react";
import { alignCommands, alignments, distributeCommands, distributions, type SizeOf } from "../model/align.ts";
import { removeCommands } from "../model/annotate.ts";
import { duplicateCommands } from "../model/clipboard.ts";
import type { Editor } from "../store/create-editor.ts";
import { useEditor } from "../store/editor-context.tsx";

export type SelectionTool = (typeof alignments)[number] | (typeof distributions)[number] | "duplicate" | "remove";

/** What can be done with the nodes that are selected, in groups as they are shown; each is one step of undo. */
export const selectionTools: readonly (readonly SelectionTool[])[] = [
  alignments,
  distributions,
  ["duplicate", "remove"],
];

/** So many must be selected for it to be of use. */
export const leastFor = (tool: SelectionTool): number =>
  tool === "duplicate" || tool === "remove" ? 1 : tool === "across" || tool === "down" ? 3 : 2;

/** Does one of them. */
export function useSelectionTools(): (tool: SelectionTool) => void {
  const { editor } = useEditor();
  return useMemo(() => (tool) => applyTool(editor, tool), [editor]);
}

function applyTool(editor: Editor, tool: SelectionTool): void {
  const { document, selection, drawing } = editor.store.getState();
  const measured = new Map(drawing.nodes.map((node) => [node.id, node.measured]));
  const sizeOf: SizeOf = (id) => {
    const { width, height } = measured.get(id) ?? {};
    return width && height ? { width, height } : undefined;
  };
  switch (tool) {
    case "duplicate": {
      const made = duplicateCommands(document, editor.selectedNodes("frames"), selection);
      if (made) editor.run("duplicate", made.commands, { select: made.ids });
      return;
    }
    case "remove": {
      const commands = removeCommands(document, editor.selectedNodes(), selection);
      if (commands) editor.run("remove", commands, { select: [] });
      return;
    }
    case "across":
    case "down":
      editor.run("distribute", distributeCommands(document, selection, sizeOf, tool));
      return;
    default:
      editor.run("align", alignCommands(document, selection, sizeOf, tool));
  }
}
