import type { CallCard } from "@cordboard/api";
import { Icon, useUiLanguage } from "@cordboard/ui";
import { Forward } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useServerNow } from "../session/desk-context.tsx";
import styles from "./passed-on.module.css";
import { useTimeForm } from "./use-time-form.ts";
import { formatWhen } from "./when.ts";

/** Who passed the call on, what they chose and noted, the latest last: the caller need not tell it again. */
export function PassedOn({ passedOn }: { passedOn: CallCard["passedOn"] }) {
  const { t } = useTranslation("desk");
  const language = useUiLanguage();
  const form = useTimeForm();
  const now = useServerNow(60_000);
  if (passedOn.length === 0) return null;
  return (
    <ul className={styles.passedOn} aria-label={t("passedOn.title")}>
      {passedOn.map(({ operatorName, at, outcome, note }) => (
        <li key={at}>
          <p className={styles.who}>
            <Icon as={Forward} />
            <span>
              {t("passedOn.by", { name: operatorName })} · {formatWhen(Date.parse(at), now, form)}
              {outcome !== null && <> · {outcome[language]}</>}
            </span>
          </p>
          {note !== "" && <p className={styles.note}>{note}</p>}
        </li>
      ))}
    </ul>
  );
}
