import { isAllowed, type VoicemailMessage } from "@cordboard/api";
import { Button, formatDateTime, Icon, PhoneNumber, Select, SelectAction, TextField } from "@cordboard/ui";
import { showToast } from "@cordboard/ui/pages";
import { Mail, MailOpen, PhoneCall, Trash2, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import { MessagePlayer } from "./message-player.tsx";
import styles from "./message-row.module.css";
import { useMessageChanges } from "./queries.ts";

/** One message: who, when, the sound, and what has been done about it. */
export function MessageRow({ message }: { message: VoicemailMessage }) {
  const { t } = useTranslation("voicemail");
  const { role } = useSignedIn();
  const form = useTimeForm();
  const operators = useApiQuery("operators.list", {}, { enabled: isAllowed(role, "read", "operators") });
  const { change, calledBack, forward, remove, restore } = useMessageChanges();
  const boxes = useApiQuery("voicemailBoxes.list", {});
  const [note, setNote] = useState<string | null>(null);
  const params = { messageId: message.messageId };
  const when = (iso: string) => formatDateTime(Date.parse(iso), form);
  const isNew = message.state === "new";
  const isDeleted = message.state === "deleted";
  const tell = (answer: { ok: true } | { ok: false; error: { message: string; remedy: string } }) => {
    if (!answer.ok) showToast(`${answer.error.message} ${answer.error.remedy}`, { kind: "error" });
    return answer.ok;
  };
  const takeAway = async () => {
    if (!tell(await remove.run({ params }))) return;
    showToast(t("deleted"), { action: { label: t("undo"), onSelect: () => void restore.run({ params }).then(tell) } });
  };
  const saveNote = async () => {
    if (note === null || note === message.note) return;
    if (tell(await change.run({ params, body: { note } }))) setNote(null);
  };
  const send = async (boxId: string) => {
    if (!tell(await forward.run({ params, body: { boxId } }))) return false;
    showToast(t("forwarded", { box: others.find((one) => one.value === boxId)?.label ?? boxId }));
    return true;
  };
  const others = (boxes.data?.items ?? [])
    .filter(({ boxId }) => boxId !== message.boxId)
    .map(({ boxId, name }) => ({ value: boxId, label: name }));
  const assigned = message.assignedTo;
  const people = (operators.data?.items ?? []).map(({ operatorId, name }) => ({ value: operatorId, label: name }));
  return (
    <li className={styles.message} data-new={isNew || undefined}>
      <div className={styles.head}>
        <span className={styles.sign} title={t(`state.${message.state}`)}>
          <Icon as={isNew ? Mail : MailOpen} />
          <span className={styles.unseen}>{t(`state.${message.state}`)}</span>
        </span>
        <span className={styles.from}>
          {message.callerName !== null && `${message.callerName} · `}
          <PhoneNumber text={message.fromText} />
        </span>
        <time dateTime={message.receivedAt}>{when(message.receivedAt)}</time>
      </div>
      <p className={styles.facts}>
        {message.boxName} · {message.lineName} · <Link to={`/calls/${message.callId}`}>{t("theCall")}</Link>
        {message.heard !== null && ` · ${t("heardBy", { name: message.heard.by.name, when: when(message.heard.at) })}`}
        {message.forwarded !== null &&
          ` · ${t("forwardedFrom", { box: message.forwarded.boxName, name: message.forwarded.by.name })}`}
        {message.calledBack !== null &&
          ` · ${t("calledBackBy", { name: message.calledBack.by.name, when: when(message.calledBack.at) })}`}
      </p>
      <MessagePlayer
        message={message}
        {...(message.heard === null && {
          onHeard: () => void change.run({ params, body: { heard: true } }).then(tell),
        })}
      />
      {!isDeleted && (
        <div className={styles.care}>
          <Select
            label={t("assignedTo")}
            options={[
              { value: "", label: t("nobody") },
              ...(assigned !== null && !people.some((one) => one.value === assigned.operatorId)
                ? [{ value: assigned.operatorId, label: assigned.name }]
                : []),
              ...people,
            ]}
            value={assigned?.operatorId ?? ""}
            onChange={(id) => void change.run({ params, body: { assignedTo: id === "" ? null : id } }).then(tell)}
          />
          <TextField
            label={t("note")}
            value={note ?? message.note}
            maxLength={2000}
            onChange={(event) => setNote(event.target.value)}
            onBlur={() => void saveNote()}
            onKeyDown={(event) => event.key === "Enter" && void saveNote()}
          />
          {others.length > 0 && (
            <SelectAction
              label={t("forwardTo")}
              placeholder={t("chooseBox")}
              options={others}
              action={t("forward")}
              busy={forward.busy}
              onAct={send}
            />
          )}
        </div>
      )}
      <div className={styles.actions}>
        {isDeleted ? (
          <Button icon={Undo2} busy={restore.busy} onClick={() => void restore.run({ params }).then(tell)}>
            {t("restore")}
          </Button>
        ) : (
          <>
            {message.calledBack === null && (
              <Button
                icon={PhoneCall}
                busy={calledBack.busy}
                onClick={() => void calledBack.run({ params }).then(tell)}
              >
                {t("calledBack")}
              </Button>
            )}
            <Button
              kind="quiet"
              icon={isNew ? MailOpen : Mail}
              onClick={() => void change.run({ params, body: { heard: isNew } }).then(tell)}
            >
              {t(isNew ? "markHeard" : "markNew")}
            </Button>
            <Button kind="quiet" icon={Trash2} busy={remove.busy} onClick={() => void takeAway()}>
              {t("delete")}
            </Button>
          </>
        )}
      </div>
    </li>
  );
}
