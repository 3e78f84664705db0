import { Button, Notice } from "@cordboard/ui";
import { toTelephoneWav, useRecorder } from "@cordboard/ui/sound";
import { Mic, Square, Trash2, Upload } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useApi } from "../../app/session-context.tsx";
import { PlayButton } from "./play-button.tsx";
import styles from "./sound-tools.module.css";
import { TextDrift } from "./text-drift.tsx";

/** The most that is read as a recording, bytes. */
const mostBytes = 20_000_000;

type Props = {
  /** SHA-256 of what is heard now; `null` when nothing is recorded. */
  sha256: string | null;
  /** May what is heard be taken away? */
  removable: boolean;
  /** The text that what is recorded was made for, where it is known; what is written now; and the language of both. */
  recordedFor: string | undefined;
  text: string;
  lang: string;
  onRecorded: (sha256: string) => void;
  /** The recording is right for the text that is written now. */
  onRight: () => void;
  onRemove: () => void;
};

/** Hearing a recording, making one with the microphone, choosing a file, taking it away. What goes wrong is said beside it. */
export function SoundTools({ sha256, removable, recordedFor, text, lang, onRecorded, onRight, onRemove }: Props) {
  const { t } = useTranslation("widgets");
  const api = useApi();
  const file = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [quiet, setQuiet] = useState(false);
  const send = async (sound: Blob) => {
    setProblem(null);
    setQuiet(false);
    if (sound.size > mostBytes) return setProblem(t("sound.tooLarge"));
    setBusy(true);
    const wav = await toTelephoneWav(sound);
    if (wav === null) {
      setBusy(false);
      return setProblem(t("sound.unreadable"));
    }
    const answer = await api.call("audio.add", { file: wav });
    setBusy(false);
    if (!answer.ok) return setProblem(`${answer.error.message} ${answer.error.remedy}`);
    setQuiet(answer.value.quiet);
    onRecorded(answer.value.sha256);
  };
  const recorder = useRecorder((sound) => void send(sound));
  const recording = recorder.state === "recording";
  return (
    <>
      <TextDrift
        recordedFor={recordedFor}
        text={text}
        lang={lang}
        onRight={onRight}
        onRecord={recording || busy ? null : () => void recorder.start()}
      />
      <div className={styles.tools}>
        {sha256 !== null && <PlayButton url={`/media/${sha256}.wav`} />}
        <Button
          icon={recording ? Square : Mic}
          kind={recording ? "danger" : "secondary"}
          busy={busy}
          onClick={() => (recording ? recorder.stop() : void recorder.start())}
        >
          {t(recording ? "sound.finish" : "sound.record")}
        </Button>
        <Button icon={Upload} disabled={busy || recording} onClick={() => file.current?.click()}>
          {t("sound.upload")}
        </Button>
        {removable && (
          <Button icon={Trash2} kind="quiet" disabled={busy || recording} onClick={onRemove}>
            {t("sound.remove")}
          </Button>
        )}
        <input
          ref={file}
          type="file"
          accept="audio/*"
          hidden
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            event.target.value = "";
            if (chosen) void send(chosen);
          }}
        />
      </div>
      {recorder.state === "refused" && <Notice kind="warning">{t("sound.refused")}</Notice>}
      {recorder.state === "missing" && <Notice kind="warning">{t("sound.missing")}</Notice>}
      {problem !== null && <Notice kind="error">{problem}</Notice>}
      {quiet && <Notice kind="warning">{t("sound.quiet")}</Notice>}
    </>
  );
}
