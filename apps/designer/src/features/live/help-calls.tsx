import type { LiveBoard } from "@cordboard/api";
import { formatDuration, Notice, useUiLanguage } from "@cordboard/ui";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./board-page.module.css";
import { ringBell } from "./ring-bell.ts";

/** The operators who ask for help with the call that they talk on, who asks longest first; a bell rings for each new one. */
export function HelpCalls({
  board,
  now,
  onOpen,
}: {
  board: LiveBoard;
  now: number;
  onOpen: (operatorId: string) => void;
}) {
  const { t } = useTranslation("live");
  const language = useUiLanguage();
  const asking = board.operators
    .flatMap(({ operatorId, name, on }) => (on?.helpSince ? [{ operatorId, name, since: on.helpSince, on }] : []))
    .sort((a, b) => a.since.localeCompare(b.since));
  const heard = useRef<ReadonlySet<string>>(new Set());
  const calls = asking.map(({ operatorId, since }) => `${operatorId} ${since}`);
  const all = calls.join();
  useEffect(() => {
    const known = heard.current;
    const present = all === "" ? [] : all.split(",");
    heard.current = new Set(present);
    if (present.some((call) => !known.has(call))) ringBell();
  }, [all]);
  return (
    <div className={styles.help} role="status">
      {asking.map(({ operatorId, name, since, on }) => (
        <Notice key={operatorId} kind="warning" remedy={{ label: t("help.see"), onSelect: () => onOpen(operatorId) }}>
          {t("help.asked", {
            name,
            // A number is not broken over two lines.
            caller: on.callerName ?? on.fromText?.replaceAll(" ", "\u00a0") ?? t("unknownCaller"),
            since: formatDuration(now - Date.parse(since), language),
          })}
        </Notice>
      ))}
    </div>
  );
}
