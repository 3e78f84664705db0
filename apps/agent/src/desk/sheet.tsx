import type { ApiProblem } from "@cordboard/api";
import { Icon, Loading, Notice } from "@cordboard/ui";
import { ArrowLeft } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";
import styles from "./sheet.module.css";

type Props = { title: string; onClose: () => void; children: ReactNode };

/** A list that is opened from the desk: it takes the place of the queues, never that of the call. Escape leads back. */
export function Sheet({ title, onClose, children }: Props) {
  const { state } = useDesk();
  const { t } = useTranslation("desk");
  // Then Escape answers the call, and nothing else.
  const offered = Boolean(state.view?.offer);
  const headingId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      const writes = target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
      if (event.key !== "Escape" || event.defaultPrevented || writes || offered) return;
      if (document.querySelector("dialog[open]")) return;
      event.preventDefault();
      onClose();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onClose, offered]);
  return (
    <section className={styles.sheet} aria-labelledby={headingId} data-sheet>
      <header className={styles.header}>
        <button type="button" className={styles.back} onClick={onClose} aria-label={t("sheet.close")}>
          <Icon as={ArrowLeft} />
        </button>
        <h2 id={headingId} ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h2>
      </header>
      {children}
    </section>
  );
}

/** What a sheet shows instead of its list: that it is coming, or why it is not. */
export function SheetState({ problem, onRetry }: { problem: ApiProblem | null; onRetry: () => void }) {
  const { t } = useTranslation("desk");
  if (problem === null) return <Loading />;
  return (
    <div className={styles.notice}>
      <Notice kind="warning" remedy={{ label: t("sheet.retry"), onSelect: onRetry }}>
        {problem.message} {problem.remedy}
      </Notice>
    </div>
  );
}
