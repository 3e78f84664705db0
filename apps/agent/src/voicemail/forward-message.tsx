import type { VoicemailMessage } from "@cordboard/api";
import { Button, Select } from "@cordboard/ui";
import { Forward } from "lucide-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";
import { useAnswer } from "../session/use-answer.ts";
import styles from "./message-care.module.css";

type Props = { message: VoicemailMessage; onProblem: (words: string | null) => void };

/** Sends a copy of a message to another box of the company. */
export function ForwardMessage({ message, onProblem }: Props) {
  const { desk } = useDesk();
  const { t } = useTranslation("voicemail");
  const ask = useCallback(() => desk.ask("deskMessages.allBoxes"), [desk]);
  const { value } = useAnswer(ask, null);
  const [boxId, setBoxId] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const boxes = (value?.items ?? []).filter((box) => box.boxId !== message.boxId);
  if (boxes.length === 0) return null;
  const send = async () => {
    const box = boxes.find((one) => one.boxId === boxId);
    if (!box) return;
    setBusy(true);
    const params = { messageId: message.messageId };
    const answer = await desk.ask("deskMessages.forward", { params, body: { boxId: box.boxId } });
    setBusy(false);
    onProblem(answer.ok ? null : `${answer.error.message} ${answer.error.remedy}`);
    setSentTo(answer.ok ? box.name : null);
  };
  return (
    <div className={styles.forward}>
      <Select
        label={t("forwardTo")}
        placeholder={t("chooseBox")}
        options={boxes.map((box) => ({ value: box.boxId, label: box.name }))}
        value={boxId}
        onChange={setBoxId}
        hint={sentTo === null ? undefined : t("forwarded", { box: sentTo })}
      />
      <Button icon={Forward} busy={busy} disabled={boxId === null} onClick={() => void send()}>
        {t("forward")}
      </Button>
    </div>
  );
}
