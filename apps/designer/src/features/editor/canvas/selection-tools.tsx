import { IconButton } from "@cordboard/ui";
import { Panel } from "@xyflow/react";
import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  CopyPlus,
  Group,
  LayoutGrid,
  type LucideIcon,
  SquareArrowOutUpRight,
  Trash2,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import styles from "./selection-tools.module.css";
import { useAnnotate } from "./use-annotate.ts";
import { useArrange } from "./use-arrange.ts";
import { leastFor, type SelectionTool, selectionTools, useSelectionTools } from "./use-selection-tools.ts";

export const toolIcons: Readonly<Record<SelectionTool, LucideIcon>> = {
  left: AlignStartVertical,
  centre: AlignCenterVertical,
  right: AlignEndVertical,
  top: AlignStartHorizontal,
  middle: AlignCenterHorizontal,
  bottom: AlignEndHorizontal,
  across: AlignHorizontalDistributeCenter,
  down: AlignVerticalDistributeCenter,
  duplicate: CopyPlus,
  remove: Trash2,
};

/** What can be done with several nodes at once, above the drawing while several are selected. */
export function SelectionTools({ onExtract }: { onExtract: (() => void) | undefined }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const count = useEditorState(({ selection }) => (selection.size === 0 ? 0 : editor.selectedNodes("frames").size));
  const use = useSelectionTools();
  const arrange = useArrange();
  const { group } = useAnnotate();
  if (editor.readOnly || count < 2) return null;
  return (
    <Panel position="top-center" className={styles.tools ?? ""}>
      <div role="toolbar" aria-label={t("selected", { count })} className={styles.row}>
        <span className={styles.count}>{t("selected", { count })}</span>
        {selectionTools.map((tools) => (
          <span className={styles.group} key={tools[0]}>
            {tools.map((tool) => (
              <IconButton
                key={tool}
                icon={toolIcons[tool]}
                label={t(`tool.${tool}`)}
                disabled={count < leastFor(tool)}
                onClick={() => use(tool)}
              />
            ))}
            {tools[0] === "across" && (
              <IconButton icon={LayoutGrid} label={t("tool.arrange")} onClick={() => void arrange()} />
            )}
            {tools[0] === "duplicate" && <IconButton icon={Group} label={t("tool.group")} onClick={group} />}
            {tools[0] === "duplicate" && onExtract && (
              <IconButton icon={SquareArrowOutUpRight} label={t("tool.extract")} onClick={onExtract} />
            )}
          </span>
        ))}
      </div>
    </Panel>
  );
}
