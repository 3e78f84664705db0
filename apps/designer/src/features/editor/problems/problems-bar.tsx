import type { Finding } from "@cordboard/flow-schema";
import { classNames, Icon, useUiLanguage } from "@cordboard/ui";
import { Check, ChevronDown, ChevronUp, CircleAlert, TriangleAlert } from "lucide-react";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useJump } from "../canvas/use-jump.ts";
import { findingSentence } from "../model/finding-sentence.ts";
import { typeOf } from "../model/node-facts.ts";
import { useEditor, useEditorState } from "../store/editor-context.tsx";
import { FindingHelp } from "./finding-help.tsx";
import { isPathMarks, pathMarks } from "./path-marks.ts";
import styles from "./problems-bar.module.css";

/** What keeps the flow from being published and what somebody should look at; each sentence leads to its place. */
export function ProblemsBar() {
  const { t } = useTranslation("editor");
  const { editor } = useEditor();
  const { all, errors, warnings } = useEditorState(({ problems }) => problems);
  const [open, setOpen] = useState(false);
  const list = useId();
  const summary = useRef<HTMLButtonElement>(null);
  const sound = all.length === 0;
  return (
    <section className={styles.bar} aria-label={t("problems.title")}>
      {open && !sound && (
        <ul className={styles.list} id={list}>
          {all.map((one, index) => (
            <Problem
              // biome-ignore lint/suspicious/noArrayIndexKey: two findings may say the same; their order is their name
              key={`${index} ${one.code} ${one.pointer}`}
              finding={one}
              onMended={() => summary.current?.focus()}
            />
          ))}
        </ul>
      )}
      <button
        type="button"
        ref={summary}
        className={styles.summary}
        aria-expanded={open && !sound}
        aria-controls={list}
        disabled={sound}
        onClick={() => {
          // Who closes the list has seen the way.
          if (open && isPathMarks(editor.store.getState().marks)) editor.showMarks(null);
          setOpen(!open);
        }}
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

function Problem({ finding, onMended }: { finding: Finding; onMended: () => void }) {
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
        onClick={() => {
          if (id === undefined) editor.openPanel("flow");
          else jump(id);
          if (finding.path) editor.showMarks(pathMarks(finding.path));
        }}
      >
        <Icon as={finding.severity === "error" ? CircleAlert : TriangleAlert} />
        <span className={styles.words}>
          {name !== undefined && <strong>{name}. </strong>}
          {findingSentence(finding, document, language)}
        </span>
      </button>
      <FindingHelp finding={finding} onMended={onMended} />
    </li>
  );
}
