import { useNodesInitialized, useReactFlow } from "@xyflow/react";
import { type RefObject, useEffect, useRef } from "react";
import { useEditor } from "../store/editor-context.tsx";

/** Below this no card can be read. */
const readable = 0.5;
const zoom = 0.7;
/** Where the first card stands, from the left, px. */
const indent = 72;

/** A flow that is too large to be read as a whole is first shown where calls begin; the map and the key for all of it do the rest. */
export function useReadableStart(sheet: RefObject<HTMLElement | null>): void {
  const { editor } = useEditor();
  const flow = useReactFlow();
  const measured = useNodesInitialized();
  const shown = useRef(false);
  useEffect(() => {
    if (!measured || shown.current) return;
    shown.current = true;
    // The whole is fitted in first.
    requestAnimationFrame(() => {
      const height = sheet.current?.clientHeight ?? 0;
      const { document, drawing } = editor.store.getState();
      const entry = drawing.nodes.find(({ id }) => id === document.entry);
      if (height === 0 || entry === undefined || flow.getZoom() >= readable) return;
      const { x, y } = entry.position;
      void flow.setViewport({ x: indent - x * zoom, y: height / 3 - y * zoom, zoom });
    });
  }, [editor, flow, measured, sheet]);
}
