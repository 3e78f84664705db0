import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

export type EmptyStateProps = {
  icon: LucideIcon;
  /** What is not there, or what is awaited. */
  title: string;
  /** What will fill this place, or what one can do. */
  children?: ReactNode;
  action?: ReactNode;
  /** The title is the page's own: there is nothing else on it. */
  heading?: boolean;
};

/** What a list shows while it is empty: what will be here, and how to begin. */
export function EmptyState({ icon: Drawing, title, children, action, heading = false }: EmptyStateProps) {
  const Title = heading ? "h1" : "p";
  return (
    <div className={styles.empty}>
      <Drawing size={28} strokeWidth={1.5} aria-hidden="true" focusable="false" />
      <Title className={styles.title}>{title}</Title>
      {children !== undefined && <p className={styles.words}>{children}</p>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}
