import type { FlowDocument } from "@cordboard/flow-schema";
import { showToast, ToastRegion } from "@cordboard/ui/pages";
import { ReactFlowProvider } from "@xyflow/react";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useWholeWindow } from "../../../app/whole-window.ts";
import { useCompanyThings } from "../../../widgets/company-things.ts";
import { FlowCanvas } from "../canvas/flow-canvas.tsx";
import { Palette } from "../canvas/palette.tsx";
import { isTyping } from "../canvas/use-canvas-keys.ts";
import { type EditorDialog, EditorDialogs } from "../dialogs/editor-dialogs.tsx";
import { useDraftKeeper } from "../draft/use-draft-keeper.ts";
import { FlowPanel } from "../panel/flow-panel.tsx";
import { NodePanel } from "../panel/node-panel.tsx";
import { ProblemsBar } from "../problems/problems-bar.tsx";
import { useProblems } from "../problems/use-problems.ts";
import { createEditor } from "../store/create-editor.ts";
import { EditorContext, type useEditor, useEditorState } from "../store/editor-context.tsx";
import { EditorHeader } from "./editor-header.tsx";
import styles from "./editor-window.module.css";
import { useFileDrop } from "./use-file-drop.ts";

type Props = {
  flowId: string;
  document: FlowDocument;
  rev: number | null;
  unsent: boolean;
  version: number | null;
};

/** The editor's whole window: header, palette, drawing, settings, problems. */
export function EditorWindow({ flowId, document, rev, unsent, version }: Props) {
  const [editor] = useState(() => createEditor({ document, readOnly: version !== null, now: Date.now }));
  const things = useCompanyThings();
  const value = useMemo(() => ({ editor, things }), [editor, things]);
  const keeper = useDraftKeeper(editor, { flowId, rev, unsent });
  const [dialog, setDialog] = useState<EditorDialog | null>(null);
  const search = useRef<HTMLInputElement>(null);
  useWholeWindow();
  useProblems(editor, things.facts);
  useWindowKeys({ editor, search, openDialog: setDialog, flush: () => void keeper.flush() });
  const drop = useFileDrop((text) => setDialog({ kind: "import", text }));
  return (
    <EditorContext value={value}>
      <ReactFlowProvider>
        <div className={styles.window} {...(editor.readOnly ? {} : drop)}>
          <EditorHeader flowId={flowId} version={version} keeper={keeper} openDialog={setDialog} />
          <div className={styles.desk} data-read-only={editor.readOnly || undefined}>
            {!editor.readOnly && <Palette search={search} />}
            <div className={styles.canvas}>
              <FlowCanvas />
              <ProblemsBar />
            </div>
            <Panel />
          </div>
        </div>
        <EditorDialogs flowId={flowId} keeper={keeper} dialog={dialog} onDialog={setDialog} />
        <ToastRegion />
      </ReactFlowProvider>
    </EditorContext>
  );
}

function Panel() {
  // Settings of another node are a lot to draw: that gives way to what the pointer does meanwhile, a drag for instance.
  const subject = useDeferredValue(useEditorState(({ panel }) => panel));
  const node = useEditorState(({ document }) =>
    subject === null || subject === "flow" ? undefined : document.nodes.find(({ id }) => id === subject.node),
  );
  if (subject === "flow") return <FlowPanel />;
  return node ? <NodePanel key={node.id} node={node} /> : null;
}

/** Keys that work wherever the focus is in the editor. */
function useWindowKeys(given: {
  readonly editor: ReturnType<typeof useEditor>["editor"];
  readonly search: React.RefObject<HTMLInputElement | null>;
  readonly openDialog: (dialog: EditorDialog) => void;
  readonly flush: () => void;
}): void {
  const { t } = useTranslation("editor");
  const latest = useRef(given);
  latest.current = given;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { editor, search, openDialog, flush } = latest.current;
      if (document.querySelector("dialog[open]")) return;
      const key = event.key.toLowerCase();
      if (event.ctrlKey || event.metaKey) {
        const again = key === "y" || (key === "z" && event.shiftKey);
        if (key === "s") flush();
        else if (again || key === "z") {
          const label = again ? editor.redo() : editor.undo();
          if (label !== null) showToast(t(again ? "redone" : "undone", { what: t(`did.${label}`) }));
        } else return;
      } else if (isTyping(event.target)) return;
      else if (event.key === "/" && search.current) search.current.focus();
      else if (event.key === "?") openDialog({ kind: "shortcuts" });
      // Whatever opened it may still have the focus.
      else if (event.key === "Escape" && editor.store.getState().panel === "flow") editor.openPanel(null);
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [t]);
}
