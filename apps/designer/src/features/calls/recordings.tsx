import { type CallDetail, isAllowed } from "@cordboard/api";
import { Button, Card, type DateTimeForm, formatShortDate, formatTime } from "@cordboard/ui";
import { SoundPlayer } from "@cordboard/ui/sound";
import { Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useApi, useSignedIn } from "../../app/session-context.tsx";
import { useApiChange } from "../../app/use-api-query.ts";
import styles from "./recordings.module.css";

type Props = { call: Pick<CallDetail, "callId" | "direction" | "recordings">; form: DateTimeForm };

/** The conversations of a call that were recorded: the caller, or who was called, on the left ear, the operator on the right. */
export function Recordings({ call, form }: Props) {
  const { t } = useTranslation("calls");
  const api = useApi();
  const { role } = useSignedIn();
  const remove = useApiChange("recordings.delete", { refreshes: ["calls.get", "calls.list"] });
  if (call.recordings.length === 0 || !isAllowed(role, "read", "recordings")) return null;
  return (
    <Card title={t("recordings")}>
      <p className={styles.words}>
        {t(call.direction === "outbound" ? "recordingsWords.outbound" : "recordingsWords")}
      </p>
      <ProblemNotice problem={remove.problem} />
      <ul className={styles.list}>
        {call.recordings.map(({ recordingId, startedAt, durationMs, peaks, operator, keptUntil }) => (
          <li key={recordingId}>
            <p className={styles.about}>
              <time dateTime={startedAt}>{formatTime(Date.parse(startedAt), form)}</time>
              {operator !== null && ` · ${operator.name}`}
              {` · ${t("keptUntil", { date: formatShortDate(Date.parse(keptUntil), form) })}`}
            </p>
            <SoundPlayer
              durationMs={durationMs}
              peaks={peaks}
              fileName={recordingId}
              address={async () => {
                const answer = await api.call("recordings.audio", { params: { recordingId } });
                if (!answer.ok) return { problem: `${answer.error.message} ${answer.error.remedy}` };
                return { url: answer.value.url, validForMs: Date.parse(answer.value.validUntil) - Date.now() };
              }}
            />
            <Button
              kind="quiet"
              icon={Trash2}
              busy={remove.busy}
              onClick={() => void remove.run({ params: { recordingId } })}
            >
              {t("deleteRecording")}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
