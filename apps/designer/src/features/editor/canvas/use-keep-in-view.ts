import { useReactFlow } from "@xyflow/react";
import { type RefObject, useEffect } from "react";
import { useEditor } from "../store/editor-context.tsx";

/** How near to the edge a card may be, px. */
const margin = 24;

/** Moves the drawing when the node whose settings are open would be hidden, by the panel itself for instance. */
export function useKeepInView(sheet: RefObject<HTMLElement | null>): void {
  const { editor } = useEditor();
  const flow = useReactFlow();
  useEffect(
    () =>
      editor.store.subscribe(({ panel }, before) => {
        if (panel === before.panel || panel === null || panel === "flow") return;
        const { node } = panel;
        // The panel takes its place first.
        requestAnimationFrame(() => {
          const box = sheet.current?.getBoundingClientRect();
          const card = sheet.current?.querySelector(`[data-node="${CSS.escape(node)}"]`)?.getBoundingClientRect();
          if (!box || !card) return;
          const right = Math.max(0, card.right + margin - box.right);
          const left = Math.max(0, box.left + margin - card.left);
          const down = Math.max(0, card.bottom + margin - box.bottom);
          const up = Math.max(0, box.top + margin - card.top);
          if (right + left + down + up === 0) return;
          const { x, y, zoom } = flow.getViewport();
          void flow.setViewport({ x: x - right + left, y: y - down + up, zoom });
        });
      }),
    [editor, flow, sheet],
  );
}
