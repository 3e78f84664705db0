import { Icon, Key } from "@cordboard/ui";
import { Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./commands-button.module.css";
import { useOfferedCommands } from "./offered-commands.ts";

/** What leads to the list of commands for who does not know its keys, and tells them. */
export function CommandsButton() {
  const { t } = useTranslation("commands");
  const offered = useOfferedCommands();
  return (
    <button type="button" className={styles.button} aria-keyshortcuts="Control+K" onClick={() => offered.open(true)}>
      <Icon as={Search} />
      {t("open")}
      <span className={styles.keys} aria-hidden="true">
        <Key name="Control" />
        <Key name="K" />
      </span>
    </button>
  );
}
