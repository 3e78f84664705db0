import { useUiLanguage } from "@cordboard/ui";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { typeOf } from "../model/node-facts.ts";
import { useEditor } from "../store/editor-context.tsx";

/** What a node is called in sentences; null stands for the flow itself. */
export function useNodeName(): (id: string | null) => string {
  const { t } = useTranslation("editor");
  const screen = useUiLanguage();
  const { editor } = useEditor();
  return useCallback(
    (id) => {
      const node = editor.store.getState().document.nodes.find((one) => one.id === id);
      return node ? node.name || (typeOf(node)?.texts[screen].name ?? node.type) : t("flow");
    },
    [editor, screen, t],
  );
}
