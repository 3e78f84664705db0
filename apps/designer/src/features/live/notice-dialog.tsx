import type { LiveBoard } from "@cordboard/api";
import { Dialog, Select } from "@cordboard/ui";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSignedIn } from "../../app/session-context.tsx";
import styles from "./dialogs.module.css";
import { NoticeForm } from "./notice-form.tsx";

/** A notice to everybody who is signed in, or to those who serve a queue. */
export function NoticeDialog({ board, onClose }: { board: LiveBoard; onClose: () => void }) {
  const { t } = useTranslation("live");
  const { queueIds } = useSignedIn();
  // Who supervises some queues writes to those who serve them.
  const [queueId, setQueueId] = useState(queueIds === null ? "" : (board.queues[0]?.queueId ?? ""));
  return (
    <Dialog title={t("notice")} onClose={onClose}>
      <div className={styles.sections}>
        <Select
          label={t("noticeWho")}
          options={[
            ...(queueIds === null ? [{ value: "", label: t("noticeEveryone") }] : []),
            ...board.queues.map((queue) => ({ value: queue.queueId, label: t("noticeQueue", { queue: queue.name }) })),
          ]}
          value={queueId}
          onChange={setQueueId}
        />
        <NoticeForm to={queueId === "" ? { everyone: true } : { queueId }} onSent={onClose} />
      </div>
    </Dialog>
  );
}
