import type { CallCard } from "@cordboard/api";
import { Duration, Icon, PhoneNumber } from "@cordboard/ui";
import { PhoneIncoming } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./call-card-lines.module.css";
import { callerWords } from "./caller.ts";

type Props = {
  card: CallCard;
  queueName: string | null;
  /** How long the caller has been on the line, while that matters. */
  onTheLineMs?: number;
  headingId: string;
};

/** Who calls, from where, on which line: the same lines while a call is offered and while it lasts. */
export function CallCardLines({ card, queueName, onTheLineMs, headingId }: Props) {
  const { t, i18n } = useTranslation("desk");
  const { headline, number } = callerWords(card);
  const spoken = card.language.slice(0, 2);
  const language =
    spoken === i18n.language ? null : (new Intl.DisplayNames([i18n.language], { type: "language" }).of(spoken) ?? null);
  const more = language !== null && t("card.language", { language });
  return (
    <>
      <p className={styles.where}>
        <Icon as={PhoneIncoming} />
        <span>
          {queueName !== null && <>{queueName} · </>}
          {t("card.line")} {card.lineName !== card.toText && <>{card.lineName} </>}
          <PhoneNumber text={card.toText} />
        </span>
      </p>
      <h2 className={styles.who} id={headingId}>
        {headline ?? t("card.hidden")}
      </h2>
      {number !== null && (
        <p className={styles.number}>
          <PhoneNumber text={number} />
        </p>
      )}
      {(onTheLineMs !== undefined || more !== false) && (
        <p className={styles.faint}>
          {onTheLineMs !== undefined && (
            <>
              {t("card.onTheLine")} <Duration ms={onTheLineMs} />
            </>
          )}
          {onTheLineMs !== undefined && more !== false && " · "}
          {more}
        </p>
      )}
    </>
  );
}
