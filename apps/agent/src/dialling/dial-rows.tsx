import type { ColleagueView, DialWish, RecentCall } from "@cordboard/api";
import { Icon, IconButton, PhoneNumber, StateLamp } from "@cordboard/ui";
import { Building2, type LucideIcon, Phone, PhoneIncoming, PhoneOutgoing, User } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useTimeForm } from "../desk/use-time-form.ts";
import { formatWhen } from "../desk/when.ts";
import { useDesk, useServerNow } from "../session/desk-context.tsx";
import styles from "./dial-sheet.module.css";

/** A list with its heading; nothing where it is empty. */
export function List({ title, children }: { title: string; children: readonly ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}

type RowProps = {
  icon: LucideIcon;
  name: ReactNode;
  detail?: ReactNode;
  whom: string;
  mayCall: boolean;
  /** Null: there is nothing to call. */
  onCall: (() => void) | null;
};

function Row({ icon, name, detail, whom, mayCall, onCall }: RowProps) {
  const { state } = useDesk();
  const { t } = useTranslation("dialling");
  return (
    <li className={styles.row}>
      <Icon as={icon} />
      <span className={styles.who}>
        <span className={styles.name}>{name}</span>
        {detail !== undefined && <span className={styles.detail}>{detail}</span>}
      </span>
      {onCall !== null && (
        <IconButton
          icon={Phone}
          label={t("callWhom", { whom })}
          disabled={!mayCall || state.busy.includes("dial")}
          onClick={onCall}
        />
      )}
    </li>
  );
}

type Callable = { mayCall: boolean; onCall: (wish: DialWish) => void };

/** One of the operator's last calls, to be called again. */
export function Recent({ recent, mayCall, onCall }: Callable & { recent: RecentCall }) {
  const { t } = useTranslation("dialling");
  const form = useTimeForm();
  const now = useServerNow(60_000);
  const { number, numberText, callerName, direction, at } = recent;
  return (
    <Row
      icon={direction === "outbound" ? PhoneOutgoing : PhoneIncoming}
      name={callerName ?? (numberText === null ? t("hidden") : <PhoneNumber text={numberText} />)}
      detail={
        <>
          {callerName !== null && numberText !== null && (
            <>
              <PhoneNumber text={numberText} /> ·{" "}
            </>
          )}
          {t(`direction.${direction}`)} <time dateTime={at}>{formatWhen(Date.parse(at), now, form)}</time>
        </>
      }
      whom={callerName ?? numberText ?? t("hidden")}
      mayCall={mayCall}
      onCall={number === null ? null : () => onCall({ number })}
    />
  );
}

/** A colleague as they are just now; one who is signed in with a telephone can be called. */
export function Colleague({ colleague, mayCall, onCall }: Callable & { colleague: ColleagueView }) {
  const { state: desk } = useDesk();
  const { t, i18n } = useTranslation("dialling");
  const { name, state, pauseLabel, telephone } = colleague;
  const language = i18n.language === "fr" ? "fr" : "en";
  const reason = desk.choices?.pauseReasons.find(({ code }) => code === pauseLabel)?.name[language];
  const more = [reason, telephone?.name].filter((part) => part !== undefined).join(" · ");
  return (
    <Row
      icon={User}
      name={name}
      detail={<StateLamp state={state} word={t(`state.${state}`)} detail={more} />}
      whom={name}
      mayCall={mayCall}
      onCall={telephone === null ? null : () => onCall({ telephoneId: telephone.telephoneId })}
    />
  );
}

/** A telephone of the company that nobody holds. */
export function TelephoneRow(props: { name: string; mayCall: boolean; onCall: () => void }) {
  return <Row icon={Building2} whom={props.name} {...props} />;
}
