import { useReactFlow } from "@xyflow/react";
import { type RefObject, useEffect } from "react";
import { useEditor } from "../store/editor-context.tsx";

/** How near to the edge a card may be, px. */
const margin = 24;

/** Moves the drawing when the node whose settings are open would be hidden, by the panel itself for instance. */
export function useKeepInView(sheet: RefObject<HTMLElement | null>): void {
  const { editor } = useEditor();
  const flow = useReactFlow();
  useEffect(() => {
    const show = () => {
      const { panel } = editor.store.getState();
      if (panel === null || panel === "flow") return;
      const box = sheet.current?.getBoundingClientRect();
      const card = sheet.current?.querySelector(`[data-node="${CSS.escape(panel.node)}"]`)?.getBoundingClientRect();
      if (!box || !card) return;
      const right = Math.max(0, card.right + margin - box.right);
      const left = Math.max(0, box.left + margin - card.left);
      const down = Math.max(0, card.bottom + margin - box.bottom);
      const up = Math.max(0, box.top + margin - card.top);
      if (right + left + down + up === 0) return;
      const { x, y, zoom } = flow.getViewport();
      void flow.setViewport({ x: x - right + left, y: y - down + up, zoom });
    };
    const stop = editor.store.subscribe(({ panel }, before) => {
      // The panel takes its place first.
      if (panel !== before.panel) requestAnimationFrame(show);
    });
    // The first panel is fetched before it takes its place.
    let width = 0;
    const observer = new ResizeObserver(([entry]) => {
      const narrower = entry !== undefined && entry.contentRect.width < width;
      width = entry?.contentRect.width ?? width;
      if (narrower) show();
    });
    if (sheet.current) observer.observe(sheet.current);
    return () => {
      stop();
      observer.disconnect();
    };
  }, [editor, flow, sheet]);
}
