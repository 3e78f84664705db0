import type { FlowGroup } from "@cordboard/flow-schema";
import { useTranslation } from "react-i18next";
import { groupKey } from "../model/drawn-ids.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import styles from "./annotations.module.css";

/** A change of a group as one step; typed words are one step together. */
export function useSetGroup(groupId: string): (change: Partial<FlowGroup>, label: string, mergeKey?: string) => void {
  const { editor } = useEditor();
  return (change, label, mergeKey) => {
    const { groups } = editor.store.getState().document;
    const group = Object.hasOwn(groups, groupId) ? groups[groupId] : undefined;
    if (!group) return;
    const command = { type: "setGroup", id: groupId, group: { ...group, ...change } } as const;
    editor.run(label, [command], mergeKey === undefined ? {} : { mergeKey });
  };
}

/** The title of a group: pressed twice, by F2 or with Enter it is typed where it stands. */
export function GroupTitle({ groupId, title }: { groupId: string; title: string }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const set = useSetGroup(groupId);
  const key = groupKey(groupId);
  const typing = useEditorState((state) => state.typing === key);
  const shown = title || t("group.untitled");
  if (typing) {
    return (
      <input
        className={`${styles.titleField} nodrag`}
        // biome-ignore lint/a11y/noAutofocus: whoever opened it types now
        autoFocus
        aria-label={t("group.title")}
        placeholder={t("group.untitled")}
        maxLength={200}
        value={title}
        onChange={(event) => set({ title: event.target.value }, "groupTitle", `group ${groupId}`)}
        onBlur={() => editor.type(null)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" && event.key !== "Escape") return;
          event.preventDefault();
          event.stopPropagation();
          const around = event.currentTarget.closest<HTMLElement>("[data-node]");
          event.currentTarget.blur();
          around?.focus();
        }}
      />
    );
  }
  return <span className={styles.title}>{shown}</span>;
}
