import { useReactFlow } from "@xyflow/react";
import { useMemo } from "react";
import { addNoteCommands, groupCommands, groupMeant } from "../model/annotate.ts";
import { isFolded } from "../model/drawn-groups.ts";
import { groupKey, noteKey } from "../model/drawn-ids.ts";
import { free } from "../model/new-node.ts";
import { useEditor } from "../store/editor-context.tsx";

export interface Annotate {
  /** Puts an empty comment where one looks, to be typed into at once. */
  addNote(): void;
  /** Draws a frame around the selected nodes, to be named at once. */
  group(): void;
  /** Folds the group that is selected, or that the selected nodes are in; folded, it unfolds it. */
  fold(): void;
  /** Folds or unfolds every group. */
  foldAll(folded: boolean): void;
}

/** What authors do to tell each other something, by whichever key, button or command. */
export function useAnnotate(): Annotate {
  const { editor } = useEditor();
  const flow = useReactFlow();
  return useMemo(() => {
    const { store, readOnly } = editor;
    return {
      addNote() {
        if (readOnly) return;
        const { document } = store.getState();
        const box = globalThis.document.querySelector("[data-canvas]")?.getBoundingClientRect();
        const { x, y } = flow.screenToFlowPosition({
          x: (box?.left ?? 0) + (box?.width ?? 800) / 2,
          y: (box?.top ?? 0) + (box?.height ?? 600) / 3,
        });
        const { id, commands } = addNoteCommands(document, free(document, [Math.round(x - 110), Math.round(y)]));
        if (editor.run("note", commands, { select: [noteKey(id)] })) editor.type(noteKey(id));
      },
      group() {
        if (readOnly) return;
        const { document } = store.getState();
        const made = groupCommands(document, editor.selectedNodes(), { title: "", colour: "blue" });
        if (!made || !editor.run("group", made.commands, { select: [groupKey(made.id)] })) return;
        editor.type(groupKey(made.id));
      },
      fold() {
        const { document, selection, folds } = store.getState();
        const id = groupMeant(document, selection);
        if (id !== null) editor.fold(id, !isFolded(document, id, folds));
      },
      foldAll(folded) {
        for (const id of Object.keys(store.getState().document.groups)) editor.fold(id, folded);
      },
    };
  }, [editor, flow]);
}
