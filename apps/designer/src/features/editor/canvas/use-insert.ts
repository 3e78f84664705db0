import type { NodeType } from "@cordboard/node-kit";
import { useUiLanguage } from "@cordboard/ui";
import { useReactFlow } from "@xyflow/react";
import { useCallback } from "react";
import { edgeId } from "../model/drawing.ts";
import { addNodeCommands, free, type Place } from "../model/new-node.ts";
import { outputsOf } from "../model/node-facts.ts";
import { useEditor } from "../store/editor-context.tsx";
import { rememberType } from "./recent-types.ts";

/**
 * Adds a node of a type: where it is said, otherwise after the selected node's first free output, otherwise in the middle of what is
 * seen. It is selected then, and its settings are open.
 */
export function useInsert(): (type: NodeType, place?: Place) => void {
  const { editor, things } = useEditor();
  const flow = useReactFlow();
  const screen = useUiLanguage();
  return useCallback(
    (type, place) => {
      const { document, selection, plugged } = editor.store.getState();
      const afterSelected = (): Place | null => {
        const [only, another] = selection;
        const node = document.nodes.find(({ id }) => id === only);
        if (another !== undefined || !node) return null;
        const output = outputsOf(node, document).find((id) => !plugged.has(edgeId({ from: node.id, output: id })));
        return output === undefined ? null : { kind: "after", from: node.id, output };
      };
      const inTheMiddle = (): Place => {
        const box = globalThis.document.querySelector("[data-canvas]")?.getBoundingClientRect();
        const { x, y } = flow.screenToFlowPosition({
          x: (box?.left ?? 0) + (box?.width ?? 800) / 2,
          y: (box?.top ?? 0) + (box?.height ?? 600) / 2,
        });
        return { kind: "at", position: free(document, [Math.round(x - 100), Math.round(y - 60)]) };
      };
      const { id, commands } = addNodeCommands(document, type, {
        place: place ?? afterSelected() ?? inTheMiddle(),
        name: type.texts[screen].name,
        onlyOne: things.onlyOne,
      });
      if (!editor.run("addNode", commands, { select: [id] })) return;
      rememberType(type.type);
      editor.openPanel({ node: id });
    },
    [editor, things, flow, screen],
  );
}
