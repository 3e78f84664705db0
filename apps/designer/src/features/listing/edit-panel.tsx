import { Button, Dialog, IconButton, Loading, Notice } from "@cordboard/ui";
import { Trash2, X } from "lucide-react";
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  Suspense,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import styles from "./edit-panel.module.css";
import { FormProblem } from "./form-problem.tsx";
import { FormProblemContext } from "./form-section.tsx";
import type { FormProblem as Problem } from "./resource.ts";

export type EditPanelProps = {
  title: string;
  /** Without: what stands in it can be read, not changed. */
  onSave?: (() => void) | undefined;
  onDelete?: (() => void) | undefined;
  /** Deleting cannot be taken back: asks with this sentence first. */
  askBeforeDeleting?: string | undefined;
  /** Without: it is what the page is about, and cannot be closed. */
  onClose?: (() => void) | undefined;
  /** Forgets what was written. */
  onDiscard?: (() => void) | undefined;
  dirty: boolean;
  /** What is written was found again from before. */
  found?: boolean;
  busy: boolean;
  problem: Problem;
  onForgetProblem: () => void;
  saveLabel?: string | undefined;
  children: ReactNode;
};

/** One thing of a list, opened beside it: its fields, and at the bottom what one can do. Ctrl+S saves, Escape closes what is unchanged. */
export function EditPanel(props: EditPanelProps) {
  const { title, onSave, onDelete, onClose, onDiscard, dirty, found = false, busy, problem } = props;
  const { t } = useTranslation("listing");
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  const [asking, setAsking] = useState(false);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  // A refusal stands at the top, and saving is at the bottom.
  useEffect(() => {
    if (problem !== null) heading.current?.scrollIntoView({ block: "nearest" });
  }, [problem]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSave?.();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      event.currentTarget.requestSubmit();
    }
    if (event.key === "Escape" && !dirty && !event.defaultPrevented && !asking) onClose?.();
  };
  const remove = () => (props.askBeforeDeleting === undefined ? onDelete?.() : setAsking(true));
  return (
    <form className={styles.panel} aria-labelledby={titleId} onSubmit={submit} onKeyDown={onKeyDown}>
      <header className={styles.header}>
        <h2 id={titleId} ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h2>
        {onClose !== undefined && <IconButton icon={X} label={t("close")} onClick={onClose} />}
      </header>
      <div className={styles.body}>
        <FormProblem problem={problem} onDismiss={props.onForgetProblem} />
        {found && onDiscard !== undefined && (
          <Notice kind="info" remedy={{ label: t("discard"), onSelect: onDiscard }}>
            {t("found")}
          </Notice>
        )}
        <fieldset className={styles.fields} disabled={onSave === undefined}>
          <FormProblemContext value={problem}>
            <Suspense fallback={<Loading />}>{props.children}</Suspense>
          </FormProblemContext>
        </fieldset>
      </div>
      {onSave !== undefined && (
        <footer className={styles.actions}>
          {onDelete !== undefined && (
            <Button kind="quiet" icon={Trash2} onClick={remove} disabled={busy}>
              {t("delete")}
            </Button>
          )}
          <span className={styles.keep}>
            {dirty && onDiscard !== undefined && (
              <Button kind="quiet" onClick={onDiscard}>
                {t("discard")}
              </Button>
            )}
            <Button type="submit" kind="primary" busy={busy}>
              {props.saveLabel ?? t("save")}
            </Button>
          </span>
        </footer>
      )}
      {asking && (
        <Dialog
          title={title}
          size="small"
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{t("keep")}</Button>
              <Button
                kind="danger"
                onClick={() => {
                  setAsking(false);
                  onDelete?.();
                }}
              >
                {t("delete")}
              </Button>
            </>
          }
        >
          <p>{props.askBeforeDeleting}</p>
        </Dialog>
      )}
    </form>
  );
}
