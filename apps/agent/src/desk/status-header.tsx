import type { AgentView } from "@cordboard/api";
import { Icon, StateLamp } from "@cordboard/ui";
import { ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./status-header.module.css";

type Props = { view: AgentView; settingsOpen: boolean; settingsId: string; onToggle: () => void };

/** The operator's state, and the telephone that rings for them; a press on it opens the settings. */
export function StatusHeader({ view, settingsOpen, settingsId, onToggle }: Props) {
  const { t } = useTranslation("desk");
  return (
    <header className={styles.header}>
      <h1 className={styles.state}>
        <StateLamp state={view.state} />
      </h1>
      <button
        type="button"
        className={styles.telephone}
        aria-expanded={settingsOpen}
        aria-controls={settingsId}
        title={t("telephone.open")}
        onClick={onToggle}
      >
        <span className={styles.name}>{view.telephone?.name ?? t("telephone.none")}</span>
        <span className={styles.turning} data-open={settingsOpen}>
          <Icon as={ChevronDown} />
        </span>
      </button>
    </header>
  );
}
