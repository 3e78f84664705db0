import { pointerParts } from "@cordboard/flow-schema";
import { useCallback } from "react";
import { useJump } from "../editor/canvas/use-jump.ts";
import { referencesOf } from "../editor/model/node-facts.ts";
import { revealSetting } from "../editor/panel/reveal-setting.ts";
import { useEditor } from "../editor/store/editor-context.tsx";
import type { SearchHit } from "./searched.ts";

/** Leads to a hit: its node in the middle and selected, its setting open and in view; with `focus`, to be written in. */
export function useReveal(): (hit: SearchHit, focus: boolean) => void {
  const { editor } = useEditor();
  const jump = useJump();
  return useCallback(
    ({ nodeId, place }, focus) => {
      const [part, id = "", member, ...inside] = pointerParts(place.pointer);
      if (nodeId === null) {
        editor.openPanel("flow");
        // What is inside a variable is drawn in its box.
        revealSetting("flow", part === "variables" ? `/variables/${id}` : "/name", focus);
        return;
      }
      jump(nodeId);
      if (part !== "prompts") {
        const setting = member === "name" ? "name" : place.pointer.slice(`/nodes/${id}/config`.length);
        revealSetting(nodeId, setting, focus);
        return;
      }
      const node = editor.store.getState().document.nodes.find((one) => one.id === nodeId);
      const said = node && referencesOf(node).find((one) => one.kind === "prompt" && one.id === id);
      if (member === "texts" && inside[0] !== undefined) editor.showLanguage(inside[0]);
      if (said) revealSetting(nodeId, said.pointer, focus);
    },
    [editor, jump],
  );
}
