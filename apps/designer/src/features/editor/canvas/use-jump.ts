import { useReactFlow } from "@xyflow/react";
import { useCallback } from "react";
import { useEditor } from "../store/editor-context.tsx";

/** Shows a node: in the middle of the drawing, selected, with its settings open. */
export function useJump(): (id: string) => void {
  const { editor } = useEditor();
  const flow = useReactFlow();
  return useCallback(
    (id) => {
      const [x = 0, y = 0] = editor.store.getState().document.layout[id] ?? [];
      editor.select([id]);
      editor.openPanel({ node: id });
      void flow.setCenter(x + 100, y + 60, { zoom: Math.max(0.7, flow.getZoom()) });
    },
    [editor, flow],
  );
}
