import type { FlowDocument } from "@cordboard/flow-schema";
import { ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { useEffect, useMemo, useRef } from "react";
import type { CompanyThings } from "../../../widgets/company-things.ts";
import { createEditor } from "../store/create-editor.ts";
import { EditorContext, useEditor } from "../store/editor-context.tsx";
import { FlowCanvas } from "./flow-canvas.tsx";
import type { CanvasMarks } from "./marks.ts";

export interface ReadOnlyCanvasProps {
  readonly document: FlowDocument;
  readonly things: CompanyThings;
  readonly marks: CanvasMarks | null;
  /** The node that is looked at: selected, and brought into view; null: none. */
  readonly node: string | null;
  /** A node was pressed, or Enter while it has the focus; null: beside all of them, or Escape. */
  readonly onNode: (id: string | null) => void;
}

/** A drawing to be looked at, with a layer of marks: no panel, nothing that changes it. Its keys lead from node to node as in the editor. */
export function ReadOnlyCanvas({ document, things, ...rest }: ReadOnlyCanvasProps) {
  const editor = useMemo(() => createEditor({ document, readOnly: true, now: () => 0 }), [document]);
  const value = useMemo(() => ({ editor, things }), [editor, things]);
  return (
    <EditorContext value={value}>
      <ReactFlowProvider>
        <FlowCanvas />
        <Looking {...rest} />
      </ReactFlowProvider>
    </EditorContext>
  );
}

function Looking({ marks, node, onNode }: Pick<ReadOnlyCanvasProps, "marks" | "node" | "onNode">) {
  const { editor } = useEditor();
  const flow = useReactFlow();
  const told = useRef(onNode);
  told.current = onNode;
  useEffect(() => editor.showMarks(marks), [editor, marks]);
  useEffect(
    () =>
      editor.store.subscribe(({ panel }, before) => {
        if (panel === before.panel || panel === "flow") return;
        told.current(panel?.node ?? null);
      }),
    [editor],
  );
  useEffect(() => {
    const { selection, panel } = editor.store.getState();
    const shown = panel !== null && panel !== "flow" ? panel.node : null;
    if (shown !== node) editor.openPanel(node === null ? null : { node });
    if (node === null) return;
    if (!selection.has(node) || !flow.getNode(node)) editor.select([node]);
    // The drawing is measured first.
    const frame = requestAnimationFrame(() => {
      const card = flow.getNode(node);
      if (!card) return;
      const { width = 200, height = 100 } = card.measured ?? {};
      const zoom = Math.max(flow.getZoom(), 0.7);
      void flow.setCenter(card.position.x + width / 2, card.position.y + height / 2, { zoom });
    });
    return () => cancelAnimationFrame(frame);
  }, [editor, flow, node]);
  return null;
}
