import type { ReactNode } from "react";
import styles from "./or-line.module.css";

/** Between two ways to do the same: "or by password", with a line on both sides, however narrow the place. */
export function OrLine({ children }: { children: ReactNode }) {
  return <p className={styles.line}>{children}</p>;
}
