import type { ApiProblem } from "@cordboard/api";
import { type FlowDocument, readFlow } from "@cordboard/flow-schema";
import { showToast } from "@cordboard/ui/pages";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../../app/session-context.tsx";
import type { Editor } from "../store/create-editor.ts";
import { useEditor } from "../store/editor-context.tsx";

/** Draws a version in place of what is drawn, as one step that can be taken back. */
export function useRestore(flowId: string) {
  const api = useApi();
  const { editor } = useEditor();
  const say = useSayRestored();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const run = useCallback(
    async (versionId: string): Promise<boolean> => {
      const answer = await api.call("flows.getVersion", { params: { flowId, versionId } });
      setProblem(answer.ok ? null : answer.error);
      if (!answer.ok) return false;
      const read = readFlow(answer.value.document);
      if (read.ok && restore(editor, read.document)) say(editor, answer.value.number);
      return read.ok;
    },
    [api, editor, flowId, say],
  );
  return { run, problem };
}

/** False: it is what is drawn already. */
export function restore(editor: Editor, document: FlowDocument): boolean {
  return editor.run("restore", [{ type: "replace", document }], { select: [] });
}

/** Says what was done, with the way back. */
export function useSayRestored() {
  const { t } = useTranslation("editor");
  return useCallback(
    (editor: Editor, number: number) =>
      showToast(t("versions.restored", { number }), {
        action: { label: t("undo"), onSelect: () => void editor.undo() },
      }),
    [t],
  );
}
