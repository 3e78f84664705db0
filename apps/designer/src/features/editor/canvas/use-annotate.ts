import { useReactFlow } from "@xyflow/react";
import { useMemo } from "react";
import { addNoteCommands, groupCommands, groupMeant } from "../model/annotate.ts";
import { type DrawnNode, noteSize } from "../model/drawing.ts";
import { isFolded } from "../model/drawn-groups.ts";
import { groupKey, noteKey } from "../model/drawn-ids.ts";
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

/** Below this nothing can be read. */
const readable = 0.7;

/** Down from there until nothing that is drawn is in the way of a comment. */
function uncovered(drawn: readonly DrawnNode[], [x, wanted]: readonly [number, number]): readonly [number, number] {
  let y = wanted;
  const covers = ({ type, position, measured }: DrawnNode) =>
    type !== "frame" &&
    position.x < x + noteSize.width &&
    position.x + (measured?.width ?? 200) > x &&
    position.y < y + noteSize.height + 16 &&
    position.y + (measured?.height ?? 140) + 16 > y;
  while (drawn.some(covers)) y += 20;
  return [x, y];
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
        const { document, drawing } = store.getState();
        const box = globalThis.document.querySelector("[data-canvas]")?.getBoundingClientRect();
        const { x, y } = flow.screenToFlowPosition({
          x: (box?.left ?? 0) + (box?.width ?? 800) / 2,
          y: (box?.top ?? 0) + (box?.height ?? 600) / 3,
        });
        const place = uncovered(drawing.nodes, [Math.round(x - 110), Math.round(y)]);
        const { id, commands } = addNoteCommands(document, place);
        if (!editor.run("note", commands, { select: [noteKey(id)] })) return;
        editor.type(noteKey(id));
        // What cannot be read cannot be written.
        if (flow.getZoom() < readable) void flow.setCenter(place[0] + 110, place[1] + 48, { zoom: readable });
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
