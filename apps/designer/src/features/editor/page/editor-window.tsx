import type { FlowDocument } from "@cordboard/flow-schema";
import { showToast, ToastRegion } from "@cordboard/ui/pages";
import { ReactFlowProvider, useNodesInitialized } from "@xyflow/react";
import {
  type ReactNode,
  type RefObject,
  Suspense,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { useWholeWindow } from "../../../app/whole-window.ts";
import { useCompanyThings } from "../../../widgets/company-things.ts";
import { FlowCanvas } from "../canvas/flow-canvas.tsx";
import { Palette } from "../canvas/palette.tsx";
import { isTyping } from "../canvas/use-canvas-keys.ts";
import { useJump } from "../canvas/use-jump.ts";
import { type EditorDialog, EditorDialogs } from "../dialogs/editor-dialogs.tsx";
import { restore, useSayRestored } from "../dialogs/use-restore.ts";
import { useDraftKeeper } from "../draft/use-draft-keeper.ts";
import { FlowPanel } from "../panel/flow-panel.tsx";
import { NodePanel } from "../panel/node-panel.tsx";
import { useCoAuthors } from "../presence/use-co-authors.ts";
import { ProblemsBar } from "../problems/problems-bar.tsx";
import { useProblems } from "../problems/use-problems.ts";
import { createEditor, type Editor } from "../store/create-editor.ts";
import { EditorContext, useEditor, useEditorState } from "../store/editor-context.tsx";
import { EditorCommands } from "./editor-commands.tsx";
import { EditorHeader } from "./editor-header.tsx";
import styles from "./editor-window.module.css";
import { goToSlot, openSlot } from "./open-slot.ts";
import { type SlotProps, slotsFor } from "./slots.ts";
import { useFileDrop } from "./use-file-drop.ts";
import { useStepWords } from "./use-step-words.ts";

type Props = {
  flowId: string;
  document: FlowDocument;
  rev: number | null;
  /** What is on the server as `rev`, as far as it is known. */
  base: FlowDocument | null;
  unsent: boolean;
  version: number | null;
  /** A version that is to be drawn in place of the document. */
  restored: { readonly document: FlowDocument; readonly number: number } | null;
  /** The node that one was sent to. */
  node: string | null;
  onRestored: () => void;
};

/** The editor's whole window: header, palette, drawing, settings, problems. */
export function EditorWindow({ flowId, document, rev, base, unsent, version, restored, node, onRestored }: Props) {
  const [editor] = useState(() => createEditor({ document, readOnly: version !== null, now: Date.now }));
  const things = useCompanyThings();
  const value = useMemo(() => ({ editor, things }), [editor, things]);
  const keeper = useDraftKeeper(editor, { flowId, rev, base, unsent });
  const [dialog, setDialog] = useState<EditorDialog | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const extract = useCallback(() => setDialog({ kind: "extract" }), []);
  useCoAuthors(editor, flowId, keeper);
  useWholeWindow();
  useProblems(editor, things.facts);
  useRestored(editor, restored, onRestored);
  useWindowKeys({ editor, search, openDialog: setDialog, flush: () => void keeper.flush() });
  const drop = useFileDrop((text) => setDialog({ kind: "import", text }));
  return (
    <EditorContext value={value}>
      <ReactFlowProvider>
        <div className={styles.window} {...(editor.readOnly ? {} : drop)}>
          <EditorHeader flowId={flowId} version={version} keeper={keeper} openDialog={setDialog} />
          <Desk readOnly={editor.readOnly}>
            <Side search={search} flowId={flowId} version={version} keeper={keeper} />
            <div className={styles.canvas}>
              <FlowCanvas onExtract={extract} />
              <ProblemsBar />
            </div>
            <Panel />
          </Desk>
        </div>
        <Arrival node={node} />
        <EditorCommands keeper={keeper} openDialog={setDialog} />
        <EditorDialogs flowId={flowId} version={version} keeper={keeper} dialog={dialog} onDialog={setDialog} />
        <ToastRegion />
      </ReactFlowProvider>
    </EditorContext>
  );
}

/** Draws a version that somebody chose elsewhere, once; from then on it is a step like others. */
function useRestored(editor: Editor, restored: Props["restored"], onRestored: () => void): void {
  const say = useSayRestored();
  const told = useRef(onRestored);
  told.current = onRestored;
  useEffect(() => {
    if (!restored) return;
    if (restore(editor, restored.document)) say(editor, restored.number);
    told.current();
  }, [editor, restored, say]);
}

/** Shows the node that somebody was sent to by a link, once the drawing is there. Draws nothing. */
function Arrival({ node }: { node: string | null }) {
  const { editor } = useEditor();
  const jump = useJump();
  const drawn = useNodesInitialized();
  const arrived = useRef<string | null>(null);
  useEffect(() => {
    if (node === null || !drawn || arrived.current === node) return;
    arrived.current = node;
    if (editor.store.getState().document.nodes.some(({ id }) => id === node)) jump(node);
  }, [editor, jump, drawn, node]);
  return null;
}

/** The three columns; what stands at the left decides how wide that is. */
function Desk({ readOnly, children }: { readOnly: boolean; children: ReactNode }) {
  const hasSide = useEditorState(({ side }) => side !== null);
  return (
    <div className={styles.desk} data-left={hasSide ? "side" : readOnly ? "nothing" : "palette"}>
      {children}
    </div>
  );
}

/** At the left: the palette, or the panel of a slot. */
function Side({ search, ...slotProps }: Omit<SlotProps, "onClose"> & { search: RefObject<HTMLInputElement | null> }) {
  const { editor } = useEditor();
  const side = useEditorState((state) => state.side);
  const slot = slotsFor(editor.readOnly).find(({ id, kind }) => kind === "side" && id === side);
  if (!slot) return editor.readOnly ? null : <Palette search={search} />;
  return (
    <Suspense fallback={<aside className={styles.side} />}>
      <slot.Part {...slotProps} onClose={() => editor.openSide(null)} />
    </Suspense>
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
  const wordsOf = useStepWords();
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
          const done = again ? editor.redo() : editor.undo();
          if (done) showToast(t(again ? "redone" : "undone", { what: wordsOf(done) }));
        } else {
          const slot = slotsFor(editor.readOnly).find(({ chord }) => chord?.toLowerCase() === key);
          if (!slot || event.shiftKey || event.altKey) return;
          goToSlot(slot, editor, openDialog);
        }
      } else if (isTyping(event.target)) return;
      else if (event.key === "/" && search.current) search.current.focus();
      else if (event.key === "?") openDialog({ kind: "shortcuts" });
      // Whatever opened it may still have the focus.
      else if (event.key === "Escape" && editor.store.getState().panel === "flow") editor.openPanel(null);
      else {
        const slot = slotsFor(editor.readOnly).find(({ shortcut }) => shortcut?.toLowerCase() === key);
        if (!slot || event.altKey) return;
        openSlot(slot, editor, openDialog);
      }
      event.preventDefault();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [t, wordsOf]);
}
