import { inlineSubflow } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { showToast } from "@cordboard/ui/pages";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../../app/session-context.tsx";
import { useRefusalWords } from "../dialogs/use-refusal-words.ts";
import { freshId } from "../model/fresh-id.ts";
import { soundTypeOf } from "../model/node-facts.ts";
import { readSubflow } from "../problems/use-subflows.ts";
import { useEditor } from "../store/editor-context.tsx";

/** Puts the steps of the flow that a node runs in the node's place, as one step that can be taken back; where that cannot be, it is said why. */
export function useInline(): (nodeId: string) => Promise<void> {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const api = useApi();
  const wordsOf = useRefusalWords();
  return useCallback(
    async (nodeId) => {
      const { document } = editor.store.getState();
      const node = document.nodes.find(({ id }) => id === nodeId);
      const flowId = node && soundTypeOf(node)?.subflow?.(node.config)?.flowId;
      const inner = flowId === undefined ? null : await readSubflow(api, flowId);
      if (inner === null) return void showToast(t("inline.missing"));
      // Drawn on meanwhile: what was worked out belongs to another drawing.
      if (editor.store.getState().document !== document) return;
      const names = { before: t("inline.before"), after: t("inline.after") };
      const made = inlineSubflow(document, nodeId, inner, registry, { freshId, names });
      if (!made.ok) return void showToast(wordsOf(made));
      editor.openPanel(null);
      editor.run("inline", [{ type: "replace", document: made.document }], { select: made.nodes });
      showToast(t("inlined", { name: inner.name }), {
        action: { label: t("undo"), onSelect: () => void editor.undo() },
      });
    },
    [editor, api, t, wordsOf],
  );
}
