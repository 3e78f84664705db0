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
  LayoutGrid,
  type LucideIcon,
  Trash2,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import styles from "./selection-tools.module.css";
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
export function SelectionTools() {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const count = useEditorState(({ selection }) => selection.size);
  const use = useSelectionTools();
  const arrange = useArrange();
  if (editor.readOnly || count < 2) return null;
  return (
    <Panel position="top-center" className={styles.tools ?? ""}>
      <div role="toolbar" aria-label={t("selected", { count })} className={styles.row}>
        <span className={styles.count}>{t("selected", { count })}</span>
        {selectionTools.map((group) => (
          <span className={styles.group} key={group[0]}>
            {group.map((tool) => (
              <IconButton
                key={tool}
                icon={toolIcons[tool]}
                label={t(`tool.${tool}`)}
                disabled={count < leastFor(tool)}
                onClick={() => use(tool)}
              />
            ))}
            {group[0] === "across" && (
              <IconButton icon={LayoutGrid} label={t("tool.arrange")} onClick={() => void arrange()} />
            )}
          </span>
        ))}
      </div>
    </Panel>
  );
}
