import { Card } from "@cordboard/ui";
import { ToastRegion } from "@cordboard/ui/pages";
import type { ReactNode } from "react";
import styles from "./list-layout.module.css";

export type ListLayoutProps = {
  header: ReactNode;
  /** Search and filters, above the list. */
  tools?: ReactNode;
  children: ReactNode;
  /** What is open beside the list; in a narrow window it takes the list's place. */
  panel?: ReactNode;
  /** Also in a wide window. */
  panelAlone?: boolean;
};

/** A list, and beside it what is open of it. */
export function ListLayout({ header, tools, children, panel, panelAlone = false }: ListLayoutProps) {
  return (
    <div className={styles.page} data-open={panel === undefined ? undefined : panelAlone ? "alone" : "beside"}>
      {header}
      <div className={styles.columns}>
        <div className={styles.list}>
          {tools !== undefined && <div className={styles.tools}>{tools}</div>}
          <Card flush>{children}</Card>
        </div>
        {panel !== undefined && <div className={styles.panel}>{panel}</div>}
      </div>
      <ToastRegion />
    </div>
  );
}
