import { classNames } from "@cordboard/ui";
import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { Plus, X } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { CordEdge } from "../model/drawing.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import { useCanvas } from "./canvas-context.ts";
import styles from "./cord.module.css";
import { atRing, cordPath } from "./cord-path.ts";

/** A connection as a cord in the colour of the group it leaves. Under the pointer it offers to put a node in, or to be pulled out. */
export const Cord = memo(function Cord(props: EdgeProps<CordEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, selected = false, data } = props;
  const { editor } = useEditor();
  const hovered = useEditorState(({ hoveredEdge }) => hoveredEdge === id);
  const mark = useEditorState(({ marks }) => marks?.cords.get(id));
  const faded = useEditorState(({ marks }) => marks?.fadesOthers === true && !marks.cords.has(id));
  const { path, middle } = cordPath([atRing(sourceX, "leaves"), sourceY], [atRing(targetX, "enters"), targetY]);
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        className={classNames(
          styles.cord,
          styles[data?.group ?? "end"],
          (selected || hovered) && styles.near,
          faded && styles.faded,
        )}
        data-mark={mark?.tone}
        interactionWidth={18}
      />
      {mark?.text !== undefined && !hovered && (
        <EdgeLabelRenderer>
          <span
            className={styles.mark}
            data-mark={mark.tone}
            style={{ transform: `translate(-50%, -50%) translate(${middle[0]}px, ${middle[1]}px)` }}
          >
            {mark.text}
          </span>
        </EdgeLabelRenderer>
      )}
      {data && (selected || hovered) && !editor.readOnly && <CordTools id={id} {...data.edge} at={middle} />}
    </>
  );
});

function CordTools(props: { id: string; from: string; output: string; to: string; at: readonly [number, number] }) {
  const { id, from, output, to, at } = props;
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const { askForNode } = useCanvas();
  return (
    <EdgeLabelRenderer>
      <div
        className={`${styles.tools} nodrag nopan`}
        style={{ transform: `translate(-50%, -50%) translate(${at[0]}px, ${at[1]}px)` }}
        onPointerEnter={() => editor.hoverEdge(id)}
        onPointerLeave={() => editor.hoverEdge(null)}
      >
        <button
          type="button"
          className={styles.tool}
          aria-label={t("insertHere")}
          title={t("insertHere")}
          onClick={(event) =>
            askForNode({ kind: "into", from, output, to }, event.currentTarget.getBoundingClientRect())
          }
        >
          <Plus size={13} aria-hidden="true" />
        </button>
        <button
          type="button"
          className={styles.tool}
          aria-label={t("disconnect")}
          title={t("disconnect")}
          onClick={() => editor.run("disconnect", [{ type: "disconnect", from, output }])}
        >
          <X size={13} aria-hidden="true" />
        </button>
      </div>
    </EdgeLabelRenderer>
  );
}
