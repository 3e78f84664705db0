import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Icon } from "../icon/icon.tsx";
import styles from "./select.module.css";

/** What makes a browser's own list (with `controlClass`) look like every other field, its arrow included. */
export function SelectFrame({ children, className }: { children: ReactNode; className?: string | undefined }) {
  return (
    <span className={classNames(styles.line, className)}>
      {children}
      <Icon as={ChevronDown} />
    </span>
  );
}
