import { useUiLanguage } from "@cordboard/ui";
import { useReactFlow } from "@xyflow/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useEditor, useEditorState } from "../editor/store/editor-context.tsx";
import styles from "./flow-history.module.css";
import { nodeName } from "./node-name.ts";

type Row = { readonly nodeId: string; readonly figures: ReactNode };

/** Nodes with a figure each; pressed, a node is selected and comes into view. */
export function NodeList({ title, nodes }: { title: string; nodes: readonly Row[] }) {
  const { editor } = useEditor();
  const flow = useReactFlow();
  const language = useUiLanguage();
  const document = useEditorState((state) => state.document);
  const selection = useEditorState((state) => state.selection);
  const drawn = nodes.filter(({ nodeId }) => document.nodes.some(({ id }) => id === nodeId));
  if (drawn.length === 0) return null;
  const show = (nodeId: string) => {
    editor.select([nodeId]);
    const card = flow.getNode(nodeId);
    if (!card) return;
    const { width = 200, height = 100 } = card.measured ?? {};
    void flow.setCenter(card.position.x + width / 2, card.position.y + height / 2, {
      zoom: Math.max(flow.getZoom(), 0.7),
    });
  };
  return (
    <section className={styles.section}>
      <h3>{title}</h3>
      <ul className={styles.rows}>
        {drawn.map(({ nodeId, figures }) => (
          <li key={nodeId}>
            <button
              type="button"
              className={styles.row}
              aria-pressed={selection.size === 1 && selection.has(nodeId)}
              onClick={() => show(nodeId)}
            >
              <span className={styles.name}>{nodeName(document, nodeId, language)}</span>
              <span className={styles.figures}>{figures}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Calls are in nodes that this drawing does not have: they are on another version. */
export function Undrawn({ nodes }: { nodes: readonly { readonly nodeId: string }[] }) {
  const { t } = useTranslation("flow-history");
  const document = useEditorState((state) => state.document);
  const known = new Set(document.nodes.map(({ id }) => id));
  const count = nodes.filter(({ nodeId }) => !known.has(nodeId)).length;
  return count === 0 ? null : <p className={styles.quiet}>{t("undrawn", { count })}</p>;
}
