import type { VoicemailMessage } from "@cordboard/api";
import { Button, Duration, Notice } from "@cordboard/ui";
import { Play } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./message-player.module.css";
import { useMessageSound } from "./queries.ts";

type Recorded = Pick<VoicemailMessage, "messageId" | "durationMs">;

/** Plays a message. Its address is asked for at the first press; the browser's own player then stops, seeks and goes on. */
export function MessagePlayer({ message, onHeard }: { message: Recorded; onHeard?: () => void }) {
  const { t } = useTranslation("voicemail");
  const soundOf = useMessageSound();
  const [url, setUrl] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const open = async () => {
    setBusy(true);
    const answer = await soundOf(message);
    setBusy(false);
    setProblem(answer.ok ? null : `${answer.error.message} ${answer.error.remedy}`);
    if (answer.ok) setUrl(answer.value.url);
  };
  if (problem !== null) return <Notice kind="error">{problem}</Notice>;
  if (url === null) {
    return (
      <Button className={styles.open} icon={Play} busy={busy} onClick={() => void open()}>
        {t("play")} · <Duration ms={message.durationMs} />
      </Button>
    );
  }
  return (
    // biome-ignore lint/a11y/useMediaCaption: nobody wrote down what a caller said
    <audio
      className={styles.player}
      src={url}
      controls
      autoPlay
      aria-label={t("player")}
      onPlay={onHeard}
      onError={() => {
        setUrl(null);
        setProblem(t("unplayable"));
      }}
    />
  );
}
