import { classNames, Icon, IconButton, useUiLanguage } from "@cordboard/ui";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { ChevronsUpDown, Play, TriangleAlert } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { boxOutput } from "../model/drawing.ts";
import type { BoxNode } from "../model/drawn-groups.ts";
import { findingSentence } from "../model/finding-sentence.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import styles from "./annotations.module.css";
import { GroupTitle } from "./group-title.tsx";
import { marksTogether } from "./marks-together.ts";

/** A group that is folded: one box for all of its nodes, with the worst that is wrong in it and what the layer of marks says of them. */
export const GroupBox = memo(function GroupBox({ id, data, selected = false }: NodeProps<BoxNode>) {
  const { groupId, title, colour, members, isEntry, leads } = data;
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const screen = useUiLanguage();
  const errors = useEditorState(({ problems }) => countOf(members, problems, "error"));
  const warnings = useEditorState(({ problems }) => countOf(members, problems, "warning"));
  const worst = useEditorState(({ problems }) => {
    const firsts = members.flatMap((node) => problems.byNode.get(node)?.[0] ?? []);
    return firsts.find(({ severity }) => severity === "error") ?? firsts[0];
  });
  const marks = useEditorState((state) => state.marks);
  const mark = marks ? marksTogether(members, marks) : null;
  const canFocus = useEditorState(({ selection }) =>
    selection.size > 0 ? selection.values().next().value === id : isEntry,
  );
  const name = title || t("group.untitled");
  const wrong = worst === undefined ? null : findingSentence(worst, editor.store.getState().document, screen);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a box holds buttons of its own
    <div
      className={classNames(
        styles.box,
        selected && styles.selected,
        errors > 0 && styles.faulty,
        marks?.fadesOthers === true && mark === null && styles.faded,
      )}
      data-colour={colour}
      data-mark={mark?.tone}
      role="group"
      aria-roledescription={t("group.folded")}
      aria-label={[
        name,
        t("group.nodes", { count: members.length }),
        isEntry && t("entry"),
        errors > 0 && t("problems", { count: errors }),
        warnings > 0 && t("warnings", { count: warnings }),
        wrong,
        mark?.text,
      ]
        .filter(Boolean)
        .join(", ")}
      tabIndex={canFocus ? 0 : -1}
      data-node={id}
      onDoubleClick={() => editor.fold(groupId, false)}
    >
      <Handle type="target" position={Position.Left} id={null} className={styles.in ?? ""} isConnectable={false} />
      {isEntry && (
        <span className={styles.entry} title={t("entry")}>
          <Play size={11} aria-hidden="true" fill="currentColor" />
        </span>
      )}
      {errors + warnings > 0 && (
        <span className={classNames(styles.badge, errors === 0 && styles.mild)} title={wrong ?? undefined}>
          <Icon as={TriangleAlert} size={14} />
          {errors || warnings}
        </span>
      )}
      {mark?.text !== undefined && <span className={styles.mark}>{mark.text}</span>}
      <div className={styles.boxHead}>
        <IconButton
          className={classNames(styles.fold, "nodrag")}
          icon={ChevronsUpDown}
          label={t("group.unfold", { name })}
          aria-expanded="false"
          onClick={() => editor.fold(groupId, false)}
        />
        <GroupTitle groupId={groupId} title={title} />
      </div>
      <p className={styles.count}>{t("group.nodes", { count: members.length })}</p>
      <Handle
        type="source"
        position={Position.Right}
        id={boxOutput}
        isConnectable={false}
        className={classNames(styles.out, !leads && styles.leadsNowhere)}
      />
    </div>
  );
});

function countOf(
  members: readonly string[],
  { byNode }: { readonly byNode: ReadonlyMap<string, readonly { readonly severity: string }[]> },
  severity: string,
): number {
  if (byNode.size === 0) return 0;
  return members.reduce(
    (sum, node) => sum + (byNode.get(node)?.filter((one) => one.severity === severity).length ?? 0),
    0,
  );
}
