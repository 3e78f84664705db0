import type { VoicemailMessage } from "@cordboard/api";
import { SelectAction } from "@cordboard/ui";
import { Forward } from "lucide-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../session/desk-context.tsx";
import { useAnswer } from "../session/use-answer.ts";

type Props = { message: VoicemailMessage; onProblem: (words: string | null) => void };

/** Sends a copy of a message to another box of the company. */
export function ForwardMessage({ message, onProblem }: Props) {
  const { desk } = useDesk();
  const { t } = useTranslation("voicemail");
  const ask = useCallback(() => desk.ask("deskMessages.allBoxes"), [desk]);
  const { value } = useAnswer(ask, null);
  const [busy, setBusy] = useState(false);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const boxes = (value?.items ?? []).filter((box) => box.boxId !== message.boxId);
  if (boxes.length === 0) return null;
  const send = async (boxId: string) => {
    setBusy(true);
    const params = { messageId: message.messageId };
    const answer = await desk.ask("deskMessages.forward", { params, body: { boxId } });
    setBusy(false);
    onProblem(answer.ok ? null : `${answer.error.message} ${answer.error.remedy}`);
    setSentTo(answer.ok ? (boxes.find((box) => box.boxId === boxId)?.name ?? boxId) : null);
    return answer.ok;
  };
  return (
    <div>
      <SelectAction
        label={t("forwardTo")}
        placeholder={t("chooseBox")}
        options={boxes.map((box) => ({ value: box.boxId, label: box.name }))}
        action={t("forward")}
        icon={Forward}
        busy={busy}
        onAct={send}
      />
      <p role="status">{sentTo !== null && t("forwarded", { box: sentTo })}</p>
    </div>
  );
}
