import { useReactFlow } from "@xyflow/react";
import { useCallback } from "react";
import { useEditor } from "../store/editor-context.tsx";

/** Shows a node: in the middle of the drawing, selected, with its settings open. */
export function useJump(): (id: string) => void {
  const { editor } = useEditor();
  const flow = useReactFlow();
  return useCallback(
    (id) => {
      editor.select([id]);
      // Where it is drawn: a group that it was hidden in is open now.
      const { x, y } = editor.store.getState().drawing.nodes.find((one) => one.id === id)?.position ?? { x: 0, y: 0 };
      editor.openPanel({ node: id });
      void flow.setCenter(x + 100, y + 60, { zoom: Math.max(0.7, flow.getZoom()) });
    },
    [editor, flow],
  );
}
