import { ssmlMarks, ssmlProblem, withMark } from "@cordboard/flow-schema";
import { Button, TextArea } from "@cordboard/ui";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./prompt-text.module.css";

type Props = {
  label: string;
  hint?: ReactNode;
  lang: string;
  value: string;
  readOnly?: boolean;
  onChange: (text: string) => void;
};

const marks = Object.keys(ssmlMarks) as readonly (keyof typeof ssmlMarks)[];

/** The text of a prompt in a language, with marks for the voice at hand, and where one of them is broken. */
export function PromptText({ label, hint, lang, value, readOnly = false, onChange }: Props) {
  const { t } = useTranslation("widgets");
  const area = useRef<HTMLTextAreaElement>(null);
  const chosen = useRef<{ readonly from: number; readonly to: number } | null>(null);
  // The words that were marked stay chosen, so that a second mark goes around the same.
  useEffect(() => {
    const words = chosen.current;
    chosen.current = null;
    if (words === null || area.current === null || area.current.value !== value) return;
    area.current.focus();
    area.current.setSelectionRange(words.from, words.to);
  }, [value]);
  const put = (mark: keyof typeof ssmlMarks) => {
    const { selectionStart: from = value.length, selectionEnd: to = value.length } = area.current ?? {};
    const marked = withMark(value, mark, { from, to });
    chosen.current = marked;
    onChange(marked.text);
  };
  const problem = ssmlProblem(value);
  return (
    <div className={styles.text}>
      <TextArea
        ref={area}
        label={label}
        hint={hint}
        error={problem === null ? undefined : t(`ssml.${problem.code}`, { mark: problem.mark, at: problem.at + 1 })}
        lang={lang}
        maxLength={4_000}
        value={value}
        readOnly={readOnly}
        onChange={(event) => onChange(event.target.value)}
      />
      {!readOnly && (
        <details className={styles.marks}>
          <summary>{t("ssml.marks")}</summary>
          <p>{t("ssml.words")}</p>
          <div className={styles.buttons}>
            {marks.map((mark) => (
              <Button key={mark} kind="quiet" title={ssmlMarks[mark].replace("{}", "…")} onClick={() => put(mark)}>
                {t(`ssml.${mark}`)}
              </Button>
            ))}
          </div>
        </details>
      )}
    </div>
  );
}
