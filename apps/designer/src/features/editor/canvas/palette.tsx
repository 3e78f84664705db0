import type { NodeType } from "@cordboard/node-kit";
import { Icon, Key, useUiLanguage } from "@cordboard/ui";
import { StickyNote } from "lucide-react";
import { type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import { cardGroup } from "../model/drawing.ts";
import { focusSettings } from "../panel/focus-settings.ts";
import { useEditorState } from "../store/editor-context.tsx";
import { foundTypes } from "./found-types.ts";
import { NodeIcon } from "./node-icon.tsx";
import styles from "./palette.module.css";
import { currentTypes, dragNodeType } from "./palette-drag.ts";
import { recentTypes } from "./recent-types.ts";
import { useAnnotate } from "./use-annotate.ts";
import { useInsert } from "./use-insert.ts";

/** The node types in their groups, with what each is for. Pressed or dragged onto the drawing; `/` leads to its search. */
export function Palette({ search }: { search: RefObject<HTMLInputElement | null> }) {
  const { t } = useTranslation("editor");
  const language = useUiLanguage();
  const [words, setWords] = useState("");
  const insert = useInsert();
  const { addNote } = useAnnotate();
  const groups = foundTypes(words, language);
  // Adding is a change of the drawing: what is used last is looked up then.
  useEditorState(({ document }) => document.nodes.length);
  const recent = words === "" ? typesNamed(recentTypes()) : [];
  const [first] = groups[0]?.types ?? [];
  return (
    <aside className={styles.palette} aria-label={t("palette")}>
      <div className={styles.search}>
        <input
          ref={search}
          className={styles.input}
          type="search"
          value={words}
          placeholder={t("palette.search")}
          aria-label={t("palette.search")}
          aria-keyshortcuts="/"
          onChange={(event) => setWords(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && first && words !== "") {
              insert(first);
              setWords("");
            } else if (event.key === "Enter") {
              // What was just added: once more, and one sets it.
              focusSettings();
            } else if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <Key name="/" />
      </div>
      {groups.length === 0 && <p className={styles.none}>{t("palette.none")}</p>}
      {recent.length > 0 && (
        <section>
          <h2 className={styles.group}>{t("palette.recent")}</h2>
          <ul className={styles.recent}>
            {recent.map((type) => (
              <li key={type.type}>
                <button
                  type="button"
                  className={styles.quick}
                  data-group={cardGroup(type.group)}
                  draggable
                  aria-label={t("addType", { type: type.texts[language].name })}
                  title={type.texts[language].name}
                  onDragStart={(event) => dragNodeType(event, type)}
                  onClick={() => insert(type)}
                >
                  <NodeIcon type={type} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {groups.map(({ group, types }) => (
        <section key={group}>
          <h2 className={styles.group}>{t(`group.${group}`)}</h2>
          <ul>
            {types.map((type) => (
              <li key={type.type}>
                <button
                  type="button"
                  className={styles.type}
                  data-group={cardGroup(type.group)}
                  draggable
                  title={type.texts[language].description}
                  onDragStart={(event) => dragNodeType(event, type)}
                  onClick={() => insert(type)}
                >
                  <NodeIcon type={type} />
                  {type.texts[language].name}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {words === "" && (
        <section>
          <h2 className={styles.group}>{t("annotate")}</h2>
          <button type="button" className={styles.type} title={t("note.add")} onClick={addNote}>
            <Icon as={StickyNote} size={20} />
            {t("palette.note")}
          </button>
        </section>
      )}
    </aside>
  );
}

/** The types of these names that there are. */
function typesNamed(names: readonly string[]): readonly NodeType[] {
  const types = currentTypes();
  return names.flatMap((name) => types.find(({ type }) => type === name) ?? []);
}
