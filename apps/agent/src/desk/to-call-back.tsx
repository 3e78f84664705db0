import { classNames, Duration, Icon } from "@cordboard/ui";
import { CalendarClock, ChevronRight, type LucideIcon, Phone, PhoneOutgoing, Voicemail } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { DialRequest } from "../dialling/dial-request.ts";
import { useDesk, useServerNow } from "../session/desk-context.tsx";
import styles from "./to-call-back.module.css";

/** A list that can be opened from the desk. */
export type Opened =
  | { what: "dial"; request: DialRequest | null }
  | { what: "callbacks" }
  | { what: "messages"; boxId: string }
  | { what: "day" };

type Props = { onOpen: (opened: Opened) => void };

/** Whom to call back: what the queues promised, and the messages in the operator's boxes. A lamp where something is new. */
export function ToCallBack({ onOpen }: Props) {
  const { state } = useDesk();
  const { t } = useTranslation("desk");
  const { boxes, callbacks, view } = state;
  const open = callbacks?.reduce((sum, queue) => sum + queue.open, 0) ?? null;
  const hasQueues = (view?.queues.length ?? 0) > 0;
  return (
    <section className={styles.section} aria-labelledby="to-call-back">
      <h2 id="to-call-back" className={styles.title}>
        {t("toCallBack.title")}
      </h2>
      <ul>
        <li>
          <Row
            icon={Phone}
            name={t("toCallBack.dial")}
            opens="dial"
            onOpen={() => onOpen({ what: "dial", request: null })}
          >
            {null}
          </Row>
        </li>
        {hasQueues && (
          <li>
            <Row
              icon={PhoneOutgoing}
              name={t("toCallBack.callbacks")}
              lit={open !== null && open > 0}
              opens="callbacks"
              onOpen={() => onOpen({ what: "callbacks" })}
            >
              {open !== null && (open > 0 ? t("toCallBack.open", { count: open }) : t("toCallBack.none"))}
            </Row>
          </li>
        )}
        {boxes.map(({ boxId, name, unheard, kept }) => (
          <li key={boxId}>
            <Row
              icon={Voicemail}
              name={name}
              lit={unheard > 0}
              opens={boxId}
              onOpen={() => onOpen({ what: "messages", boxId })}
            >
              {unheard > 0 ? t("toCallBack.unheard", { count: unheard }) : t("toCallBack.heard")}
              {kept > 0 && ` · ${t("toCallBack.kept", { count: kept })}`}
            </Row>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The way to the operator's own day; at rest it only says for how long they have been signed in. */
export function MyDayRow({ onOpen }: Props) {
  const { state } = useDesk();
  const { t } = useTranslation("desk");
  const now = useServerNow(10_000);
  const startedAt = state.view?.shift?.startedAt;
  return (
    <div className={styles.day}>
      <Row icon={CalendarClock} name={t("day.open")} opens="day" onOpen={() => onOpen({ what: "day" })}>
        {startedAt !== undefined && (
          <>
            {t("day.signedIn")} <Duration ms={Math.max(0, now - Date.parse(startedAt))} />
          </>
        )}
      </Row>
    </div>
  );
}

type RowProps = {
  icon: LucideIcon;
  name: string;
  lit?: boolean;
  opens: string;
  onOpen: () => void;
  children: ReactNode;
};

function Row({ icon, name, lit = false, opens, onOpen, children }: RowProps) {
  return (
    <button type="button" className={styles.row} data-opens={opens} onClick={onOpen}>
      <Icon as={icon} />
      <span className={styles.name}>{name}</span>
      <span className={classNames(styles.count, lit && styles.lit)}>{children}</span>
      <Icon as={ChevronRight} />
    </button>
  );
}
