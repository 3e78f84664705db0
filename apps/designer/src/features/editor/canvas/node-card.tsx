import { classNames, Icon, Key, useUiLanguage } from "@cordboard/ui";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { Play, Plus, TriangleAlert } from "lucide-react";
import { type CSSProperties, memo } from "react";
import { useTranslation } from "react-i18next";
import { type CardOutput, cut } from "../model/card.ts";
import { type CardNode, cardGroup, edgeId } from "../model/drawing.ts";
import { findingSentence } from "../model/finding-sentence.ts";
import { typeOf } from "../model/node-facts.ts";
import { AuthorTag } from "../presence/author-tag.tsx";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import { useCanvas } from "./canvas-context.ts";
import type { CanvasMark } from "./marks.ts";
import styles from "./node-card.module.css";
import { NodeIcon } from "./node-icon.tsx";
import { useCard } from "./use-card.ts";

/** A node as a card that reads like the call: what the caller hears in quotes, the keys as keys, its ways out as jacks. */
export const NodeCard = memo(function NodeCard({ id, data, selected = false }: NodeProps<CardNode>) {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const screen = useUiLanguage();
  const { node, isEntry } = data;
  const type = typeOf(node);
  const card = useCard(node);
  const group = cardGroup(type?.group);
  const errors = useEditorState(
    ({ problems }) => problems.byNode.get(id)?.filter(({ severity }) => severity === "error").length ?? 0,
  );
  const warnings = useEditorState(
    ({ problems }) => problems.byNode.get(id)?.filter(({ severity }) => severity === "warning").length ?? 0,
  );
  const worst = useEditorState(({ problems }) => problems.byNode.get(id)?.[0]);
  const canFocus = useEditorState(({ selection, document }) =>
    selection.size > 0 ? selection.values().next().value === id : document.entry === id,
  );
  const mark = useEditorState(({ marks }) => marks?.nodes.get(id));
  const faded = useEditorState(({ marks }) => marks?.fadesOthers === true && !marks.nodes.has(id));
  const author = useEditorState(({ authors }) => authors.find(({ selection }) => selection.includes(id)));
  const typeName = type?.texts[screen].name ?? t("unknownType", { type: node.type });
  const name = node.name || typeName;
  const wrong = worst === undefined ? null : findingSentence(worst, editor.store.getState().document, screen);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a card holds buttons of its own, which a button may not
    <div
      className={classNames(
        styles.card,
        styles[group],
        selected && styles.selected,
        errors > 0 && styles.faulty,
        faded && styles.faded,
      )}
      data-mark={mark?.tone}
      style={levelOf(mark)}
      role="group"
      aria-roledescription={t("node")}
      aria-label={[
        typeName,
        name !== typeName && name,
        isEntry && t("entry"),
        errors > 0 && t("problems", { count: errors }),
        warnings > 0 && t("warnings", { count: warnings }),
        wrong,
        mark?.text,
        author && t("authors.on", { who: author.name }),
      ]
        .filter(Boolean)
        .join(", ")}
      tabIndex={canFocus ? 0 : -1}
      data-node={id}
    >
      <Handle type="target" position={Position.Left} id={null} className={styles.in ?? ""} />
      {isEntry && <EntryMark node={id} />}
      {(errors > 0 || warnings > 0) && (
        <span className={classNames(styles.badge, errors === 0 && styles.mild)} title={wrong ?? undefined}>
          <Icon as={TriangleAlert} size={14} />
          {errors || warnings}
        </span>
      )}
      {mark?.text !== undefined && <span className={styles.mark}>{mark.text}</span>}
      <div className={styles.head}>
        <span className={styles.icon}>
          <NodeIcon type={type} />
        </span>
        <span className={styles.name}>{cut(name, 60)}</span>
      </div>
      {card.spoken !== null && <p className={styles.spoken}>{t("quoted", { text: card.spoken })}</p>}
      {card.line !== "" && <p className={styles.line}>{card.line}</p>}
      {author && <AuthorTag author={author} />}
      {card.outputs.length > 0 && (
        <ul className={styles.outputs}>
          {card.outputs.map((output) => (
            <Output key={output.id} node={id} output={output} />
          ))}
        </ul>
      )}
    </div>
  );
});

/** How strong a mark is, for the style sheet. React's types know no properties of ours. */
const levelOf = (mark: CanvasMark | undefined): CSSProperties | undefined =>
  mark?.level === undefined ? undefined : ({ "--level": `${Math.round(mark.level * 100)}%` } as CSSProperties);

/** Where calls begin; pressed, it asks what shall come before. */
function EntryMark({ node }: { node: string }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const { askForNode } = useCanvas();
  const mark = <Play size={11} aria-hidden="true" fill="currentColor" />;
  if (editor.readOnly) {
    return (
      <span className={styles.entry} title={t("entry")}>
        {mark}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={classNames(styles.entry, "nodrag")}
      tabIndex={-1}
      aria-label={t("insertBefore")}
      title={t("insertBefore")}
      onClick={(event) => {
        event.stopPropagation();
        askForNode({ kind: "before", to: node }, event.currentTarget.getBoundingClientRect());
      }}
    >
      {mark}
    </button>
  );
}

/** One way out: its key and name, and its jack; a plus where nothing is plugged in yet. */
const Output = memo(function Output({ node, output }: { node: string; output: CardOutput }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const { askForNode } = useCanvas();
  const { id, label, key, quiet } = output;
  const plugged = useEditorState(({ plugged }) => plugged.has(edgeId({ from: node, output: id })));
  return (
    <li className={styles.output}>
      {key !== null && <Key name={key} />}
      <span className={styles.label}>{label}</span>
      {!plugged && !editor.readOnly && (
        <button
          type="button"
          className={classNames(styles.plus, "nodrag")}
          tabIndex={-1}
          aria-label={t("insertAfter", { output: label })}
          title={t("insertAfter", { output: label })}
          onClick={(event) => {
            event.stopPropagation();
            askForNode({ kind: "after", from: node, output: id }, event.currentTarget.getBoundingClientRect());
          }}
        >
          <Plus size={12} aria-hidden="true" />
        </button>
      )}
      <Handle
        type="source"
        position={Position.Right}
        id={id}
        className={classNames(styles.jack, plugged ? styles.plugged : quiet ? styles.quiet : styles.open)}
      />
    </li>
  );
});
