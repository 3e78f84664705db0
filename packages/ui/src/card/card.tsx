import type { ReactNode } from "react";
import { classNames } from "../class-names.ts";
import styles from "./card.module.css";

export type CardProps = {
  title?: ReactNode;
  /** 1 where the card is all that its page is about. */
  level?: 1 | 2;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
  /** `offered` is for what asks for an answer now: an amber tint, and nothing else may use it. */
  tone?: "plain" | "offered";
  /** Without inner space, for lists and tables that bring their own. */
  flush?: boolean;
  className?: string;
};

/** A sheet on the ground: one edge, one radius, one shadow. Its title is a heading, of the second level unless told otherwise. */
export function Card({ title, level = 2, actions, children, tone = "plain", flush = false, className }: CardProps) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <section className={classNames(styles.card, tone === "offered" && styles.offered, className)}>
      {title !== undefined && (
        <header className={styles.header}>
          <Heading>{title}</Heading>
          {actions}
        </header>
      )}
      <div className={flush ? undefined : styles.body}>{children}</div>
    </section>
  );
}
