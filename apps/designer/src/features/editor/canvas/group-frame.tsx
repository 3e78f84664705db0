import { classNames, IconButton } from "@cordboard/ui";
import type { NodeProps } from "@xyflow/react";
import { ChevronsDownUp, Ungroup } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { FrameNode } from "../model/drawn-groups.ts";
import { useEditor } from "../store/editor-context.tsx";
import styles from "./annotations.module.css";
import { ColourChoice } from "./colour-choice.tsx";
import { GroupTitle, useSetGroup } from "./group-title.tsx";

/** A group that is open: a coloured frame around its nodes. By its title it is dragged with them, named, coloured, folded. */
export const GroupFrame = memo(function GroupFrame({ id, data, selected = false }: NodeProps<FrameNode>) {
  const { groupId, title, colour, members } = data;
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const set = useSetGroup(groupId);
  const name = title || t("group.untitled");
  return (
    // biome-ignore lint/a11y/useSemanticElements: a frame holds buttons of its own
    <div
      className={classNames(styles.frame, selected && styles.selected)}
      data-colour={colour}
      role="group"
      aria-roledescription={t("group")}
      aria-label={`${name}, ${t("group.nodes", { count: members.length })}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys are those of a card
      tabIndex={0}
      data-node={id}
      onFocus={(event) => {
        if (event.target === event.currentTarget && !selected) editor.select([id]);
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: F2 does the same by keyboard */}
      <div className={styles.head} data-drag onDoubleClick={() => !editor.readOnly && editor.type(id)}>
        <IconButton
          className={classNames(styles.fold, "nodrag")}
          icon={ChevronsDownUp}
          label={t("group.fold", { name })}
          aria-expanded="true"
          onClick={() => editor.fold(groupId, true)}
        />
        <GroupTitle groupId={groupId} title={title} />
        {selected && !editor.readOnly && (
          <span className={classNames(styles.headTools, "nodrag")}>
            <ColourChoice chosen={colour} onChoose={(chosen) => set({ colour: chosen }, "colour")} />
            <IconButton
              icon={Ungroup}
              label={t("group.remove")}
              onClick={() => editor.run("ungroup", [{ type: "setGroup", id: groupId, group: null }])}
            />
          </span>
        )}
      </div>
    </div>
  );
});
