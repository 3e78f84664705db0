import { useReactFlow } from "@xyflow/react";
import { useCallback } from "react";
import { arrangeCommands } from "../model/arrange.ts";
import { useEditor } from "../store/editor-context.tsx";

/** Puts every node in its place, as one step that can be undone, and shows all of it; where several are selected, these alone. */
export function useArrange(): (what?: "all") => Promise<void> {
  const { editor } = useEditor();
  const flow = useReactFlow();
  return useCallback(
    async (what) => {
      const { document, drawing } = editor.store.getState();
      const chosen = editor.selectedNodes("frames");
      const only = chosen.size > 1 && what !== "all" ? chosen : null;
      const sizes = new Map(drawing.nodes.map(({ id, measured }) => [id, measured]));
      const commands = await arrangeCommands(
        document,
        (id) => {
          const { width, height } = sizes.get(id) ?? {};
          return width && height ? { width, height } : undefined;
        },
        only,
      );
      // Drawn on meanwhile: places of another document are of no use.
      if (editor.store.getState().document !== document) return;
      if (editor.run("arrange", commands) && only === null)
        requestAnimationFrame(() => void flow.fitView({ padding: 0.12, maxZoom: 1 }));
    },
    [editor, flow],
  );
}
