import { isTextChanged } from "@cordboard/flow-schema";
import { Button, Notice } from "@cordboard/ui";
import { Check, Mic } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ChangedText } from "../changed-text.tsx";
import styles from "./text-drift.module.css";

type Props = {
  /** The text that the recording was made for, where one is known. */
  recordedFor: string | undefined;
  /** What is written now. */
  text: string;
  /** The language of both. */
  lang: string;
  busy?: boolean;
  /** Somebody heard it and says so; null: it may not be changed here. */
  onRight: (() => void) | null;
  onRecord: (() => void) | null;
};

/** That a text is another than the one that was recorded: both to compare, and what can be done. Nothing where they agree. */
export function TextDrift({ recordedFor, text, lang, busy = false, onRight, onRecord }: Props) {
  const { t } = useTranslation("widgets");
  if (recordedFor === undefined || !isTextChanged(recordedFor, text)) return null;
  return (
    <section className={styles.drift} aria-label={t("drift.label")}>
      <Notice kind="warning">{t("drift.changed")}</Notice>
      <details className={styles.both}>
        <summary>{t("drift.compare")}</summary>
        <dl className={styles.texts} lang={lang}>
          <dt>{t("drift.recorded")}</dt>
          <dd>{recordedFor}</dd>
          <dt>{t("drift.written")}</dt>
          <dd>{text}</dd>
          <dt>{t("drift.difference")}</dt>
          <dd>
            <ChangedText before={recordedFor} after={text} />
          </dd>
        </dl>
      </details>
      <div className={styles.tools}>
        {onRight !== null && (
          <Button icon={Check} busy={busy} onClick={onRight}>
            {t("drift.right")}
          </Button>
        )}
        {onRecord !== null && (
          <Button icon={Mic} disabled={busy} onClick={onRecord}>
            {t("drift.again")}
          </Button>
        )}
      </div>
    </section>
  );
}
