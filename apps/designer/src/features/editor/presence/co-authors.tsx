import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../../app/session-context.tsx";
import { useJump } from "../canvas/use-jump.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import styles from "./co-authors.module.css";
import { hueOf, initialsOf } from "./who-is-who.ts";

/** More are counted. */
const MOST = 4;

/** Who else has the flow open, each with the hue of what they have selected on the drawing; a press leads there. */
export function CoAuthors() {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const { user } = useSignedIn();
  const jump = useJump();
  const authors = useEditorState((state) => state.authors);
  if (authors.length === 0) return null;
  const drawn = new Map(editor.store.getState().document.nodes.map(({ id, name }) => [id, name]));
  return (
    <ul className={styles.authors} aria-label={t("authors.here")}>
      {authors.slice(0, MOST).map(({ tabId, userId, name, selection }) => {
        const at = selection.find((id) => drawn.has(id));
        const who = userId === user.userId ? t("authors.youElsewhere") : name;
        const words = at === undefined ? who : t("authors.at", { who, node: drawn.get(at) || at });
        return (
          <li key={tabId}>
            <button
              type="button"
              className={styles.author}
              data-hue={hueOf(tabId)}
              aria-label={words}
              title={words}
              disabled={at === undefined}
              onClick={() => at !== undefined && jump(at)}
            >
              {initialsOf(name)}
            </button>
          </li>
        );
      })}
      {authors.length > MOST && <li className={styles.more}>{t("authors.more", { count: authors.length - MOST })}</li>}
    </ul>
  );
}
