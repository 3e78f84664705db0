import { useReactFlow } from "@xyflow/react";
import { type RefObject, useEffect } from "react";
import { groupMeant } from "../model/annotate.ts";
import { edgeId, noteSize } from "../model/drawing.ts";
import { groupIn, groupKey, noteIn } from "../model/drawn-ids.ts";
import { placeNote, shiftCommands } from "../model/moved.ts";
import { type Direction, neighbour } from "../model/neighbour.ts";
import { focusSettings } from "../panel/focus-settings.ts";
import { useEditor } from "../store/editor-context.tsx";
import { useAnnotate } from "./use-annotate.ts";
import { useArrange } from "./use-arrange.ts";
import { useSelectionTools } from "./use-selection-tools.ts";

const directions: Readonly<Record<Direction, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const step = 20;

/**
 * The keys of the canvas, listed in shortcuts-dialog.tsx. They work while the focus is on the drawing, and while it is nowhere: what had it
 * may have gone with what it did.
 */
export function useCanvasKeys(sheet: RefObject<HTMLElement | null>): void {
  const { editor } = useEditor();
  const flow = useReactFlow();
  const arrange = useArrange();
  const use = useSelectionTools();
  const annotate = useAnnotate();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target } = event;
      const isOurs = target === globalThis.document.body || (target instanceof Node && sheet.current?.contains(target));
      if (!isOurs || isTyping(target) || isPress(event) || event.defaultPrevented) return;
      if (globalThis.document.querySelector("dialog[open]")) return;
      const { document, drawing, selection, selectedEdge, panel } = editor.store.getState();
      const [current = document.entry] = selection;
      const command = event.ctrlKey || event.metaKey;

      const focus = (id: string) => {
        editor.select([id]);
        const { x, y } = drawing.nodes.find((one) => one.id === id)?.position ?? { x: 0, y: 0 };
        const shown = sheet.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`);
        const box = sheet.current?.getBoundingClientRect();
        const at = shown?.getBoundingClientRect();
        const seen =
          at && box && at.left > box.left && at.right < box.right && at.top > box.top && at.bottom < box.bottom;
        if (shown && seen) return shown.focus({ preventScroll: true });
        void flow.setCenter(x + 100, y + 60, { zoom: flow.getZoom() });
        requestAnimationFrame(() =>
          requestAnimationFrame(() =>
            sheet.current
              ?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)
              ?.focus({ preventScroll: true }),
          ),
        );
      };

      const press = (key: string): boolean => {
        switch (key) {
          case "Enter":
            if (groupIn(current) !== null) annotate.fold();
            else if (noteIn(current) !== null) editor.type(editor.readOnly ? null : current);
            if (groupIn(current) !== null || noteIn(current) !== null) return true;
            editor.select([current]);
            if (panel !== null && panel !== "flow" && panel.node === current) return focusSettings();
            editor.openPanel({ node: current });
            return true;
          case "Escape":
            if (panel === null) editor.select([]);
            else {
              editor.openPanel(null);
              focus(current);
            }
            return true;
          case "Delete":
          case "Backspace":
            remove();
            return true;
          case "+":
            void flow.zoomIn();
            return true;
          case "-":
            void flow.zoomOut();
            return true;
          case "f":
            void flow.fitView({ padding: 0.12, maxZoom: 1 });
            return true;
          case "l":
            void arrange();
            return true;
          case "c":
            annotate.addNote();
            return true;
          case "g":
            annotate.group();
            return true;
          case "h":
            annotate.fold();
            return true;
          case "F2":
            rename();
            return true;
          default:
            return false;
        }
      };
      const rename = () => {
        const group = groupMeant(document, selection);
        if (group === null || editor.readOnly) return;
        editor.select([groupKey(group)]);
        editor.type(groupKey(group));
      };
      const remove = () => {
        const edge = document.edges.find((one) => edgeId(one) === selectedEdge);
        if (edge) editor.run("disconnect", [{ type: "disconnect", from: edge.from, output: edge.output }]);
        else use("remove");
      };

      const isArrow = (key: string): key is Direction => Object.hasOwn(directions, key);
      if (isArrow(event.key)) {
        const [dx, dy] = directions[event.key];
        if (event.altKey) {
          const far = event.shiftKey ? 4 * step : step;
          const chosen = new Set([...selection].filter((key) => noteIn(key) !== null));
          const moved = new Set([...chosen, ...editor.selectedNodes("frames")]);
          editor.run("move", shiftCommands(document, moved, [dx * far, dy * far]), { mergeKey: "keys" });
        } else if (event.shiftKey && noteIn(current) !== null) {
          const id = noteIn(current) ?? "";
          const [, , width = noteSize.width, height = noteSize.height] = document.layout[id] ?? [];
          const size = { width: Math.max(80, width + dx * step), height: Math.max(40, height + dy * step) };
          editor.run("resize", placeNote(document, id, size), { mergeKey: `size ${id}` });
        } else {
          const first = drawing.nodes.find(
            (one) => one.id === document.entry || (one.type === "box" && one.data.isEntry),
          )?.id;
          const next = selection.size === 0 ? (first ?? null) : neighbour(drawing.nodes, current, event.key);
          if (next !== null) focus(next);
        }
      } else if (command && event.key.toLowerCase() === "a")
        editor.select(drawing.nodes.flatMap(({ id, type }) => (type === "frame" ? [] : id)));
      else if (command && event.key.toLowerCase() === "d" && selection.size > 0) use("duplicate");
      else if (command || event.altKey || !press(event.key)) return;
      event.preventDefault();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [editor, flow, arrange, use, annotate, sheet]);
}

/** Keys typed into a field are the field's. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest("input, textarea, select, [role=listbox], dialog") !== null;
}

/** What presses a button is the button's; other keys work where it was pressed, as before it was. */
function isPress({ key, target }: KeyboardEvent): boolean {
  if (key !== "Enter" && key !== " ") return false;
  return target instanceof HTMLElement && target.closest("button, summary, a") !== null;
}
