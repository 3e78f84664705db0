import type { AgentView, VoicemailMessage } from "@cordboard/api";
import { Button, EmptyState, Notice } from "@cordboard/ui";
import { Settings, Voicemail } from "lucide-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Sheet, SheetState } from "../desk/sheet.tsx";
import { useDesk } from "../session/desk-context.tsx";
import { useAnswer } from "../session/use-answer.ts";
import { BoxSettings } from "./box-settings.tsx";
import styles from "./message-list.module.css";
import { MessageRow } from "./message-row.tsx";

const page = 30;
/** What one request may ask for. */
const most = 200;

/** The messages of one box, the newest first; one of them open at a time. */
export function MessageList({ view, boxId, onClose }: { view: AgentView; boxId: string; onClose: () => void }) {
  const { desk, state } = useDesk();
  const { t } = useTranslation(["voicemail", "desk"]);
  const [limit, setLimit] = useState(page);
  const ask = useCallback(() => desk.ask("deskMessages.list", { query: { boxId, limit } }), [desk, boxId, limit]);
  const { value, problem, again } = useAnswer(ask, state.boxes);
  const [openId, setOpenId] = useState<string | null>(null);
  const [deleted, setDeleted] = useState<VoicemailMessage | null>(null);
  const [settings, setSettings] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const box = state.boxes.find((one) => one.boxId === boxId);
  const items = value?.items ?? [];

  const tell = (answer: { ok: true } | { ok: false; error: { message: string; remedy: string } }) => {
    setRefused(answer.ok ? null : `${answer.error.message} ${answer.error.remedy}`);
    return answer.ok;
  };
  const remove = async (message: VoicemailMessage) => {
    const { messageId } = message;
    if (!tell(await desk.ask("deskMessages.delete", { params: { messageId } }))) return;
    setDeleted(message);
    setOpenId(null);
    await again();
  };
  const restore = async ({ messageId }: VoicemailMessage) => {
    setDeleted(null);
    if (tell(await desk.ask("deskMessages.restore", { params: { messageId } }))) setOpenId(messageId);
    await again();
  };
  return (
    <Sheet title={box?.name ?? items[0]?.boxName ?? ""} onClose={onClose}>
      {box && (
        <div className={styles.words}>
          <Button kind="quiet" icon={Settings} aria-expanded={settings} onClick={() => setSettings(!settings)}>
            {t("settings")}
          </Button>
        </div>
      )}
      {box && settings && <BoxSettings box={box} />}
      {(deleted !== null || refused !== null) && (
        <div className={styles.words}>
          {deleted !== null && (
            <Notice
              kind="info"
              remedy={{ label: t("undo"), onSelect: () => void restore(deleted) }}
              onDismiss={() => setDeleted(null)}
            >
              {t("deleted", { whom: whomOf(deleted) ?? t("desk:card.hidden") })}
            </Notice>
          )}
          {refused !== null && (
            <Notice kind="error" onDismiss={() => setRefused(null)}>
              {refused}
            </Notice>
          )}
        </div>
      )}
      {value === null || (problem !== null && items.length === 0) ? (
        <SheetState problem={problem} onRetry={() => void again()} />
      ) : items.length === 0 ? (
        <EmptyState icon={Voicemail} title={t("empty")}>
          {t("emptyWords")}
        </EmptyState>
      ) : (
        <ul>
          {items.map((message) => (
            <MessageRow
              key={message.messageId}
              message={message}
              view={view}
              open={message.messageId === openId}
              onToggle={() => setOpenId(message.messageId === openId ? null : message.messageId)}
              onChanged={again}
              onProblem={setRefused}
              onDelete={() => remove(message)}
            />
          ))}
        </ul>
      )}
      {value?.next && (
        <div className={styles.more}>
          {limit < most ? (
            <Button wide kind="quiet" onClick={() => setLimit(Math.min(most, limit + page))}>
              {t("desk:sheet.more")}
            </Button>
          ) : (
            <p>{t("desk:sheet.full", { count: most })}</p>
          )}
        </div>
      )}
    </Sheet>
  );
}

/** Who left it, as they are called on this screen; null when they hid their number. */
export function whomOf({ callerName, fromText, from, hidden }: VoicemailMessage): string | null {
  return hidden ? null : (callerName ?? fromText ?? from);
}
