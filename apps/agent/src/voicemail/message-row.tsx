import { Duration, PhoneNumber } from "@cordboard/ui";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useTimeForm } from "../desk/use-time-form.ts";
import { formatWhen } from "../desk/when.ts";
import { useServerNow } from "../session/desk-context.tsx";
import { MessageCare, type MessageCareProps } from "./message-care.tsx";
import styles from "./message-row.module.css";

type Props = MessageCareProps & { open: boolean; onToggle: () => void };

/** One message: who, when, how long, and what has been done about it; opened, it can be heard and cared for. */
export function MessageRow(props: Props) {
  const { message, view, open, onToggle } = props;
  const { t } = useTranslation(["voicemail", "desk"]);
  const form = useTimeForm();
  const now = useServerNow(30_000);
  const careId = useId();
  const { assignedTo, callerName, calledBack, durationMs, fromText, hidden, note, receivedAt, state } = message;
  const isMine = assignedTo?.operatorId === view.operator.operatorId;
  const done = [
    assignedTo && t(isMine ? "assignedToMe" : "assignedTo", { name: assignedTo.name }),
    calledBack && t("calledBack", { name: calledBack.by.name }),
    note !== "" && t("noted"),
  ].filter((part) => typeof part === "string");
  return (
    <li className={styles.message}>
      <button
        type="button"
        className={styles.head}
        data-new={state === "new" || undefined}
        aria-expanded={open}
        aria-controls={open ? careId : undefined}
        onClick={onToggle}
      >
        <span className={styles.who}>
          {state === "new" && <span className={styles.new}>{t("new")} · </span>}
          {hidden ? t("desk:card.hidden") : (callerName ?? <PhoneNumber text={fromText} />)}
        </span>
        <time className={styles.when} dateTime={receivedAt}>
          {formatWhen(Date.parse(receivedAt), now, form)}
        </time>
        <span className={styles.facts}>
          {!hidden && callerName !== null && (
            <>
              <PhoneNumber text={fromText} /> ·{" "}
            </>
          )}
          <Duration ms={durationMs} />
          {done.map((part) => ` · ${part}`)}
        </span>
      </button>
      {open && (
        <div id={careId}>
          <MessageCare {...props} />
        </div>
      )}
    </li>
  );
}
