import { CircleAlert, Info, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Icon } from "../icon/icon.tsx";
import { IconButton } from "../icon-button/icon-button.tsx";
import { useUiText } from "../texts/ui-language.tsx";
import styles from "./notice.module.css";

const icons = { info: Info, warning: TriangleAlert, error: CircleAlert };

/** What makes the problem go away: a place to go, or something to do. Labelled with a verb. */
export type Remedy = { label: string; href: string } | { label: string; onSelect: () => void };

export type NoticeProps = {
  kind: "info" | "warning" | "error";
  /** One sentence, from the point of view of who reads it. */
  children: ReactNode;
  remedy?: Remedy | undefined;
  /** Shows a cross. Only for what has been dealt with by reading it. */
  onDismiss?: (() => void) | undefined;
};

/** A sentence about something that matters now, with its remedy in it. An error interrupts a screen reader, the others wait. */
export function Notice({ kind, children, remedy, onDismiss }: NoticeProps) {
  const text = useUiText();
  return (
    <div className={classNames(styles.notice, styles[kind])} role={kind === "error" ? "alert" : "status"}>
      <span className={styles.sign} role="img" aria-label={text(`notice.${kind}`)}>
        <Icon as={icons[kind]} />
      </span>
      <p className={styles.sentence}>
        {children}
        {remedy !== undefined && <> {remedyControl(remedy)}</>}
      </p>
      {onDismiss !== undefined && (
        <IconButton className={styles.dismiss} icon={X} label={text("dismiss")} onClick={onDismiss} />
      )}
    </div>
  );
}

function remedyControl(remedy: Remedy): ReactNode {
  if ("href" in remedy) {
    return (
      <a className={styles.remedy} href={remedy.href}>
        {remedy.label}
      </a>
    );
  }
  return (
    <button type="button" className={styles.remedy} onClick={remedy.onSelect}>
      {remedy.label}
    </button>
  );
}
