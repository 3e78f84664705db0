import type { Finding } from "@cordboard/flow-schema";
import { classNames, Icon, useUiLanguage } from "@cordboard/ui";
import { Route, Wrench } from "lucide-react";
import { useTranslation } from "react-i18next";
import { fixLabel, pathSentence } from "../model/finding-sentence.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import styles from "./finding-help.module.css";
import { pathMarks } from "./path-marks.ts";

/** Of a finding: a call that comes to it, which can be shown on the drawing, and what would mend it, each one step of undo. */
export function FindingHelp({ finding, onMended }: { finding: Finding; onMended?: () => void }) {
  const { t } = useTranslation("editor");
  const language = useUiLanguage();
  const { editor } = useEditor();
  const { path, fixes = [] } = finding;
  const shown = useEditorState(({ marks }) => path !== undefined && marks !== null && marks === pathMarks(path));
  const document = useEditorState((state) => state.document);
  const told = pathSentence(finding, document, language);
  const mends = editor.readOnly ? [] : fixes;
  if (told === null && mends.length === 0) return null;
  return (
    <div className={styles.help}>
      {told !== null && <p className={styles.path}>{t("problems.for", { path: told })}</p>}
      <div className={styles.tools}>
        {path !== undefined && path.moves.length > 1 && (
          <button
            type="button"
            className={styles.tool}
            aria-pressed={shown}
            onClick={() => editor.showMarks(shown ? null : pathMarks(path))}
          >
            <Icon as={Route} size={14} />
            {t("problems.show")}
          </button>
        )}
        {mends.map(({ label, commands }) => (
          <button
            key={label.en}
            type="button"
            className={classNames(styles.tool, styles.mend)}
            onClick={() => {
              if (editor.run("fix", commands)) onMended?.();
            }}
          >
            <Icon as={Wrench} size={14} />
            {fixLabel({ label, commands }, document, language)}
          </button>
        ))}
      </div>
    </div>
  );
}
