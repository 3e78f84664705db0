import type { AgentView, VoicemailMessage } from "@cordboard/api";
import { Button, formatShortDate } from "@cordboard/ui";
import { Check, Mail, Phone, Trash2, UserCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTimeForm } from "../desk/use-time-form.ts";
import { formatWhen } from "../desk/when.ts";
import { useDesk, useServerNow } from "../session/desk-context.tsx";
import { ForwardMessage } from "./forward-message.tsx";
import styles from "./message-care.module.css";
import { MessageNote } from "./message-note.tsx";
import { MessagePlayer } from "./message-player.tsx";

export type MessageCareProps = {
  message: VoicemailMessage;
  view: AgentView;
  onChanged: () => Promise<void>;
  onProblem: (words: string | null) => void;
  onDelete: () => Promise<void>;
};

type Change = { heard?: boolean; assignedTo?: string | null };

/** An opened message: hearing it, calling back, and what one does so that colleagues know. */
export function MessageCare({ message, view, onChanged, onProblem, onDelete }: MessageCareProps) {
  const { desk, state } = useDesk();
  const { t } = useTranslation("voicemail");
  const form = useTimeForm();
  const now = useServerNow(30_000);
  const [busy, setBusy] = useState<string | null>(null);
  const { messageId, assignedTo, calledBack, heard, hidden } = message;
  const params = { messageId };
  const isMine = assignedTo?.operatorId === view.operator.operatorId;
  const isFree = view.state === "available";

  const run = async (
    what: string,
    work: () => Promise<{ ok: true } | { ok: false; error: { message: string; remedy: string } }>,
  ) => {
    setBusy(what);
    const answer = await work();
    setBusy(null);
    onProblem(answer.ok ? null : `${answer.error.message} ${answer.error.remedy}`);
    await onChanged();
  };
  const change = (what: string, body: Change) => run(what, () => desk.ask("deskMessages.change", { params, body }));
  const facts = [
    t("line", { name: message.lineName }),
    message.forwarded && t("forwardedFrom", { box: message.forwarded.boxName, name: message.forwarded.by.name }),
    heard && t("heardBy", { name: heard.by.name, when: formatWhen(Date.parse(heard.at), now, form) }),
    t("keptUntil", { date: formatShortDate(Date.parse(message.keptUntil), form) }),
  ].filter((part) => typeof part === "string");
  return (
    <div className={styles.care}>
      <MessagePlayer
        message={message}
        view={view}
        onPlayed={() => heard === null && void change("heard", { heard: true })}
      />
      {hidden ? (
        <p className={styles.faint}>{t("hidden")}</p>
      ) : (
        <>
          {!isFree && view.offer === null && <p className={styles.faint}>{t("notNow")}</p>}
          <Button
            wide
            kind={calledBack === null ? "primary" : "secondary"}
            icon={Phone}
            disabled={!isFree}
            busy={state.busy.includes("callBack")}
            onClick={() => void desk.callBack({ messageId }).then(onChanged)}
          >
            {t("callBack")}
          </Button>
        </>
      )}
      <MessageNote message={message} onSaved={onChanged} />
      <div className={styles.actions}>
        <Button
          icon={UserCheck}
          busy={busy === "assigned"}
          onClick={() => void change("assigned", { assignedTo: isMine ? null : view.operator.operatorId })}
        >
          {t(isMine ? "giveBack" : "take")}
        </Button>
        {calledBack === null && (
          <Button
            icon={Check}
            busy={busy === "calledBack"}
            onClick={() => void run("calledBack", () => desk.ask("deskMessages.calledBack", { params }))}
          >
            {t("markCalledBack")}
          </Button>
        )}
        {message.state === "kept" && (
          <Button kind="quiet" icon={Mail} busy={busy === "new"} onClick={() => void change("new", { heard: false })}>
            {t("markNew")}
          </Button>
        )}
        <Button kind="quiet" icon={Trash2} busy={busy === "delete"} onClick={() => void onDelete()}>
          {t("delete")}
        </Button>
      </div>
      <ForwardMessage message={message} onProblem={onProblem} />
      <p className={styles.faint}>{facts.join(" · ")}</p>
    </div>
  );
}
