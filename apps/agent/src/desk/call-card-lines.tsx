import type { AgentCallback, CallCard } from "@cordboard/api";
import { Duration, Icon, PhoneNumber } from "@cordboard/ui";
import { PhoneIncoming, PhoneOutgoing } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useServerNow } from "../session/desk-context.tsx";
import styles from "./call-card-lines.module.css";
import { callerWords } from "./caller.ts";
import { ContactFacts } from "./contact-facts.tsx";
import { PassedOn } from "./passed-on.tsx";
import { useTimeForm } from "./use-time-form.ts";
import { formatWhen } from "./when.ts";

type Props = {
  card: CallCard;
  queueName: string | null;
  /** Present where the call is a callback: `from` is then whom we ring. */
  callback: AgentCallback | null;
  /** The operator called: `from` is whom. */
  dialled?: boolean;
  /** How long the caller has been on the line, while that matters. */
  onTheLineMs?: number;
  headingId: string;
};

/** Who calls, from where, on which line: the same lines while a call is offered and while it lasts. */
export function CallCardLines({ card, queueName, callback, dialled = false, onTheLineMs, headingId }: Props) {
  const { t, i18n } = useTranslation("desk");
  const { headline, number } = callerWords(card);
  const spoken = card.language.slice(0, 2);
  const language =
    spoken === i18n.language ? null : (new Intl.DisplayNames([i18n.language], { type: "language" }).of(spoken) ?? null);
  const more = language !== null && t("card.language", { language });
  return (
    <>
      <p className={styles.where}>
        <Icon as={callback || dialled ? PhoneOutgoing : PhoneIncoming} />
        <span>
          {callback && <strong className={styles.kind}>{t("card.callback")} · </strong>}
          {dialled && <strong className={styles.kind}>{t("card.dialled")} · </strong>}
          {queueName !== null && <>{queueName} · </>}
          {t("card.line")} {card.lineName !== card.toText && <>{card.lineName} </>}
          <PhoneNumber text={card.toText} />
          {card.firstDialledText !== undefined && (
            <>
              {" · "}
              {t("card.divertedFrom")} <PhoneNumber text={card.firstDialledText} />
            </>
          )}
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
      <ContactFacts card={card} />
      {callback && <Promised callback={callback} />}
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
      <PassedOn {...card} />
    </>
  );
}

/** When it was promised, and how it went so far. */
function Promised({ callback }: { callback: AgentCallback }) {
  const { t } = useTranslation("desk");
  const form = useTimeForm();
  const now = useServerNow(60_000);
  const { attempts, attemptsAllowed: allowed, promisedAt } = callback;
  const last = attempts.at(-1);
  return (
    <p className={styles.faint}>
      {t("card.promised", { when: formatWhen(Date.parse(promisedAt), now, form) })}
      {allowed > 1 && <> · {t("card.attempt", { number: Math.min(attempts.length + 1, allowed), allowed })}</>}
      {last && <> · {t("card.lastAttempt", { result: t(`attempt.${last.result}`) })}</>}
    </p>
  );
}
