import { useReactFlow } from "@xyflow/react";
import { type RefObject, useEffect } from "react";
import { removeCommands } from "../model/annotate.ts";
import { copyText, pasteCommands } from "../model/clipboard.ts";
import { useEditor } from "../store/editor-context.tsx";

/** Copy, cut and paste of nodes by the system's clipboard, within a flow and from one to another. Text fields keep theirs. */
export function useClipboard(sheet: RefObject<HTMLElement | null>): void {
  const { editor } = useEditor();
  const flow = useReactFlow();
  useEffect(() => {
    const isOurs = () => {
      const { activeElement } = document;
      return activeElement === document.body || sheet.current?.contains(activeElement) === true;
    };
    const copy = (event: ClipboardEvent) => {
      const { document, selection } = editor.store.getState();
      const text = copyText(document, editor.selectedNodes("frames"), selection);
      if (!isOurs() || text === "" || String(getSelection()) !== "") return;
      event.preventDefault();
      event.clipboardData?.setData("text/plain", text);
      if (event.type !== "cut") return;
      const commands = removeCommands(document, editor.selectedNodes("frames"), selection);
      if (commands) editor.run("remove", commands, { select: [] });
    };
    const paste = (event: ClipboardEvent) => {
      if (!isOurs()) return;
      const box = sheet.current?.getBoundingClientRect();
      if (!box) return;
      const { x, y } = flow.screenToFlowPosition({ x: box.left + box.width / 3, y: box.top + box.height / 3 });
      const text = event.clipboardData?.getData("text/plain") ?? "";
      const pasted = pasteCommands(editor.store.getState().document, text, [Math.round(x), Math.round(y)]);
      if (!pasted) return;
      event.preventDefault();
      editor.run("paste", pasted.commands, { select: pasted.ids });
    };
    document.addEventListener("copy", copy);
    document.addEventListener("cut", copy);
    document.addEventListener("paste", paste);
    return () => {
      document.removeEventListener("copy", copy);
      document.removeEventListener("cut", copy);
      document.removeEventListener("paste", paste);
    };
  }, [editor, flow, sheet]);
}
