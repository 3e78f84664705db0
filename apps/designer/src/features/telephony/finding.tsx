import { Icon } from "@cordboard/ui";
import { CircleCheck, CircleDashed, CircleX, LoaderCircle, type LucideIcon, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./telephony.module.css";

type State = "ok" | "warning" | "error" | "skipped" | "waiting";

const icons: Readonly<Record<State, LucideIcon>> = {
  ...{ ok: CircleCheck, warning: TriangleAlert, error: CircleX, skipped: CircleDashed, waiting: LoaderCircle },
};

/** One thing that was looked at: how it stands, what was found, what to do. */
export function Finding({
  state,
  title,
  sentence,
  remedy,
}: {
  state: State;
  title: string;
  sentence: string;
  remedy: string | null;
}) {
  const { t } = useTranslation("telephony");
  return (
    <li className={styles.row} data-state={state}>
      <span className={styles.sign}>
        <Icon as={icons[state]} />
        {t(`state.${state}`)}
      </span>
      <strong className={styles.title}>{title}</strong>
      <span className={styles.what}>
        <span>{sentence}</span>
        {remedy !== null && <span className={styles.remedy}>{remedy}</span>}
      </span>
    </li>
  );
}
