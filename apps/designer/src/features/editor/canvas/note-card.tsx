import { classNames, IconButton } from "@cordboard/ui";
import { type NodeProps, NodeResizeControl } from "@xyflow/react";
import { MoveDiagonal2, Trash2 } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { NoteNode } from "../model/drawing.ts";
import { placeNote } from "../model/moved.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import styles from "./annotations.module.css";
import { ColourChoice } from "./colour-choice.tsx";
import { NoteText } from "./note-text.tsx";

/** A comment on the drawing, for authors: moved and resized like a card, typed into where it stands. */
export const NoteCard = memo(function NoteCard({ id, data, selected = false }: NodeProps<NoteNode>) {
  const { noteId, note } = data;
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const typing = useEditorState((state) => state.typing === id);
  const isFirst = useEditorState(({ selection }) => selection.values().next().value === id);
  const mark = useEditorState(({ marks }) => marks?.fadesOthers === true);
  const set = (change: Partial<typeof note>, label: string, mergeKey?: string) => {
    const place = editor.store.getState().document.layout[noteId] ?? null;
    const command = { type: "setNote", id: noteId, note: { ...note, ...change }, place } as const;
    editor.run(label, [command], mergeKey === undefined ? {} : { mergeKey });
  };
  const remove = () => editor.run("remove", [{ type: "setNote", id: noteId, note: null, place: null }]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a comment holds buttons and a field of its own
    <div
      className={classNames(styles.note, selected && styles.selected, mark && styles.faded)}
      data-colour={note.colour ?? "sand"}
      role="group"
      aria-roledescription={t("note")}
      aria-label={note.text || t("note.empty")}
      tabIndex={isFirst ? 0 : -1}
      data-node={id}
      onDoubleClick={() => !editor.readOnly && editor.type(id)}
    >
      {typing ? (
        <textarea
          className={classNames(styles.field, "nodrag", "nowheel")}
          // biome-ignore lint/a11y/noAutofocus: whoever opened it types now
          autoFocus
          aria-label={t("note")}
          placeholder={t("note.placeholder")}
          maxLength={4_000}
          value={note.text}
          onChange={(event) => set({ text: event.target.value }, "noteText", `note ${noteId}`)}
          onBlur={() => {
            editor.type(null);
            // Nothing was said: nothing stays.
            if (note.text.trim() === "") remove();
          }}
          onKeyDown={(event) => {
            const ends = event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey));
            if (!ends) return;
            event.stopPropagation();
            const { currentTarget } = event;
            const card = currentTarget.closest<HTMLElement>("[data-node]");
            currentTarget.blur();
            card?.focus();
          }}
        />
      ) : (
        <div className={classNames(styles.words, selected && "nowheel")}>
          <NoteText text={note.text} />
        </div>
      )}
      {selected && !editor.readOnly && (
        <>
          <div className={classNames(styles.tools, "nodrag")}>
            <ColourChoice chosen={note.colour ?? "sand"} onChoose={(colour) => set({ colour }, "colour")} />
            <IconButton icon={Trash2} label={t("note.remove")} onClick={remove} />
          </div>
          <NodeResizeControl
            className={styles.corner ?? ""}
            position="bottom-right"
            autoScale={false}
            minWidth={80}
            minHeight={40}
            onResizeEnd={(_, to) => {
              const { document } = editor.store.getState();
              editor.run("resize", placeNote(document, noteId, to));
            }}
          >
            <MoveDiagonal2 size={12} aria-hidden="true" />
          </NodeResizeControl>
        </>
      )}
    </div>
  );
});
