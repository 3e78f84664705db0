import type { FlowDocument } from "@cordboard/flow-schema";
import { showToast } from "@cordboard/ui/pages";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApi, useSignedIn } from "../../../app/session-context.tsx";
import type { Editor } from "../store/create-editor.ts";
import { localDrafts } from "./browser-drafts.ts";
import { createDraftKeeper, type DraftKeeper } from "./draft-keeper.ts";

/** Where this browser keeps a flow's unsent draft. */
export function useDraftPlace(flowId: string): string {
  const { company, user } = useSignedIn();
  return `${company.companyId}/${user.userId}/${flowId}`;
}

/**
 * Keeps the draft of a flow that is being edited: everything that is drawn is in this browser at once and on the server soon after. Sends
 * what is left when the page is left or hidden, and as soon as the network is back.
 */
export function useDraftKeeper(
  editor: Editor,
  given: {
    readonly flowId: string;
    readonly rev: number | null;
    readonly base: FlowDocument | null;
    readonly unsent: boolean;
  },
): DraftKeeper {
  const api = useApi();
  const { t } = useTranslation("editor");
  const place = useDraftPlace(given.flowId);
  const [keeper] = useState(() => {
    const drafts = localDrafts();
    return createDraftKeeper({
      rev: given.rev,
      base: given.base,
      onMerged(document, { savedBy }) {
        editor.run("merged", [{ type: "replace", document }]);
        showToast(t("merged", { who: savedBy?.name ?? t("conflict.somebody") }));
      },
      onArrived: (document) => void editor.run("merged", [{ type: "replace", document }], { mergeKey: "arrived" }),
      now: Date.now,
      keepLocal: (draft) => void drafts.write(place, draft),
      save: (rev, document) =>
        api.call("flows.saveDraft", { params: { flowId: given.flowId }, body: { rev, document: { ...document } } }),
      later(ms, then) {
        const timer = setTimeout(then, ms);
        return () => clearTimeout(timer);
      },
    });
  });
  useEffect(() => {
    if (editor.readOnly) return;
    if (given.unsent) {
      keeper.changed(editor.store.getState().document);
      void keeper.flush();
    }
    const stop = editor.store.subscribe((state, before) => {
      if (state.document !== before.document) keeper.changed(state.document);
    });
    const flush = () => void keeper.flush();
    const hidden = () => document.visibilityState === "hidden" && flush();
    addEventListener("online", flush);
    document.addEventListener("visibilitychange", hidden);
    return () => {
      stop();
      flush();
      keeper.stop();
      removeEventListener("online", flush);
      document.removeEventListener("visibilitychange", hidden);
    };
  }, [editor, keeper, given.unsent]);
  return keeper;
}
