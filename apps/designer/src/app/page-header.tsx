import type { ReactNode } from "react";
import styles from "./page-header.module.css";

/** What a page is called, what it is for in a sentence, and what one can do on it. Its title is the window's too. */
export function PageHeader({ title, words, actions }: { title: string; words?: ReactNode; actions?: ReactNode }) {
  return (
    <header className={styles.header}>
      <title>{`${title} · Cordboard`}</title>
      <div className={styles.text}>
        <h1 className={styles.title}>{title}</h1>
        {words !== undefined && <p className={styles.words}>{words}</p>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

/** The body of a page: as wide as reading is comfortable, with the page's own space around it. */
export function PageBody({ children }: { children: ReactNode }) {
  return <div className={styles.body}>{children}</div>;
}
