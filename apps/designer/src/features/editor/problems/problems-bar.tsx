import type { Finding } from "@cordboard/flow-schema";
import { classNames, Icon, useUiLanguage } from "@cordboard/ui";
import { useReactFlow } from "@xyflow/react";
import { Check, ChevronDown, ChevronUp, CircleAlert, TriangleAlert } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { findingSentence } from "../model/finding-sentence.ts";
import { typeOf } from "../model/node-facts.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import styles from "./problems-bar.module.css";

/** What keeps the flow from being published and what somebody should look at; each sentence leads to its place. */
export function ProblemsBar() {
  const { t } = useTranslation("editor");
  const { all, errors, warnings } = useEditorState(({ problems }) => problems);
  const [open, setOpen] = useState(false);
  const list = useId();
  const sound = all.length === 0;
  return (
    <section className={styles.bar} aria-label={t("problems.title")}>
      {open && !sound && (
        <ul className={styles.list} id={list}>
          {all.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two findings may say the same; their order is their name
            <Problem key={`${index} ${one.code} ${one.pointer}`} finding={one} />
          ))}
        </ul>
      )}
      <button
        type="button"
        className={styles.summary}
        aria-expanded={open && !sound}
        aria-controls={list}
        disabled={sound}
        onClick={() => setOpen(!open)}
      >
        {sound ? (
          <span className={styles.sound}>
            <Icon as={Check} />
            {t("problems.none")}
          </span>
        ) : (
          <>
            {errors > 0 && (
              <span className={styles.error}>
                <Icon as={CircleAlert} />
                {t("problems", { count: errors })}
              </span>
            )}
            {warnings > 0 && (
              <span className={styles.warning}>
                <Icon as={TriangleAlert} />
                {t("warnings", { count: warnings })}
              </span>
            )}
            <Icon as={open ? ChevronDown : ChevronUp} />
          </>
        )}
      </button>
      <span className={styles.unseen} role="status">
        {sound ? t("problems.none") : t("problems.status", { errors, warnings })}
      </span>
    </section>
  );
}

function Problem({ finding }: { finding: Finding }) {
  const language = useUiLanguage();
  const { editor } = useEditor();
  const jump = useJump();
  const { document, problems } = editor.store.getState();
  const [id] = [...problems.byNode].find(([, found]) => found.includes(finding)) ?? [];
  const node = document.nodes.find((one) => one.id === id);
  const name = node && (node.name || typeOf(node)?.texts[language].name);
  return (
    <li>
      <button
        type="button"
        className={classNames(styles.problem, finding.severity === "error" ? styles.error : styles.warning)}
        onClick={() => (id === undefined ? editor.openPanel("flow") : jump(id))}
      >
        <Icon as={finding.severity === "error" ? CircleAlert : TriangleAlert} />
        <span className={styles.words}>
          {name !== undefined && <strong>{name}. </strong>}
          {findingSentence(finding, document, language)}
        </span>
      </button>
    </li>
  );
}

/** Shows a node: in the middle of the drawing, selected, with its settings open. */
function useJump(): (id: string) => void {
  const { editor } = useEditor();
  const flow = useReactFlow();
  return (id) => {
    const [x = 0, y = 0] = editor.store.getState().document.layout[id] ?? [];
    editor.select([id]);
    editor.openPanel({ node: id });
    void flow.setCenter(x + 100, y + 60, { zoom: Math.max(0.7, flow.getZoom()) });
  };
}
