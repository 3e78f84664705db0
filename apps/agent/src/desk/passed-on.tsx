import type { CallCard } from "@cordboard/api";
import { Icon, useUiLanguage } from "@cordboard/ui";
import { Forward, MessagesSquare } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useServerNow } from "../session/desk-context.tsx";
import styles from "./passed-on.module.css";
import { useTimeForm } from "./use-time-form.ts";
import { formatWhen } from "./when.ts";

/** Who passed the call on, or asks before they do; what they chose and noted, the latest last: the caller need not tell it again. */
export function PassedOn({ passedOn, consultedBy }: Pick<CallCard, "passedOn" | "consultedBy">) {
  const { t } = useTranslation("desk");
  const language = useUiLanguage();
  const form = useTimeForm();
  const now = useServerNow(60_000);
  const left = [
    ...passedOn.map((one) => ({ ...one, by: "passedOn.by" as const })),
    ...(consultedBy ? [{ ...consultedBy, by: "passedOn.asks" as const }] : []),
  ];
  if (left.length === 0) return null;
  return (
    <ul className={styles.passedOn} aria-label={t("passedOn.title")}>
      {left.map(({ operatorName, at, outcome, note, by }) => (
        <li key={at}>
          <p className={styles.who}>
            <Icon as={by === "passedOn.by" ? Forward : MessagesSquare} />
            <span>
              {by === "passedOn.asks" ? (
                <strong>{t(by, { name: operatorName })}</strong>
              ) : (
                t(by, { name: operatorName })
              )}{" "}
              · {formatWhen(Date.parse(at), now, form)}
              {outcome !== null && <> · {outcome[language]}</>}
            </span>
          </p>
          {note !== "" && <p className={styles.note}>{note}</p>}
        </li>
      ))}
    </ul>
  );
}
