import type { LibraryPrompt } from "@cordboard/api";
import { maxAudioBytes } from "@cordboard/api";
import { Button, Duration, Notice } from "@cordboard/ui";
import { toTelephoneWav, useRecorder } from "@cordboard/ui/sound";
import { Mic, Square, Trash2, Upload } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PlayButton } from "../../widgets/sound/play-button.tsx";
import { TextDrift } from "../../widgets/sound/text-drift.tsx";
import { LevelMeter } from "./level-meter.tsx";
import styles from "./prompt-sound.module.css";
import { useRecordings } from "./queries.ts";

type Props = {
  prompt: LibraryPrompt;
  /** What is written now, saved or not. */
  text: string;
  language: string;
  languageName: string;
  mayWrite: boolean;
};

/** What callers hear of a prompt in one language: played, recorded from the microphone, or brought as a file. Works at once. */
export function PromptSound({ prompt, text, language, languageName, mayWrite }: Props) {
  const { t } = useTranslation("prompts");
  const recordings = useRecordings();
  const file = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [reading, setReading] = useState(false);
  const params = { promptId: prompt.promptId, language };
  const heard = prompt.audio[language];
  const send = async (sound: Blob) => {
    setProblem(null);
    if (sound.size > maxAudioBytes) return setProblem(t("tooLarge"));
    setReading(true);
    // What the browser cannot read, the server may; and if it cannot either, it says why.
    const wav = (await toTelephoneWav(sound)) ?? new Uint8Array(await sound.arrayBuffer());
    setReading(false);
    const answer = await recordings.upload.run({ params, file: wav });
    if (!answer.ok) return setProblem(`${answer.error.message} ${answer.error.remedy}`);
    // Who records says the words that stand there, which may not be saved yet.
    const made = answer.value.audio[language];
    if (made !== undefined && made.text !== text) await confirm(made.sha256);
  };
  const confirm = async (sha256: string) => {
    const answer = await recordings.confirm.run({ params, body: { sha256, text } });
    setProblem(answer.ok ? null : `${answer.error.message} ${answer.error.remedy}`);
  };
  const takeAway = async () => {
    const answer = await recordings.remove.run({ params });
    setProblem(answer.ok ? null : `${answer.error.message} ${answer.error.remedy}`);
  };
  const recorder = useRecorder((sound) => void send(sound));
  const recording = recorder.state === "recording";
  const busy = reading || recordings.upload.busy || recordings.remove.busy || recordings.confirm.busy;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    const [dropped] = event.dataTransfer.files;
    if (dropped && mayWrite && !busy) void send(dropped);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would lie inside the form's own
    <div
      className={styles.sound}
      role="group"
      aria-label={t("soundIn", { language: languageName })}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <p className={styles.state}>
        {heard === undefined ? (
          t("notRecorded")
        ) : (
          <>
            {t("recorded")} <Duration ms={heard.durationMs} />
          </>
        )}
      </p>
      {heard !== undefined && (
        <TextDrift
          recordedFor={heard.text}
          text={text}
          lang={language}
          busy={busy}
          onRight={mayWrite ? () => void confirm(heard.sha256) : null}
          onRecord={mayWrite && !recording ? () => void recorder.start() : null}
        />
      )}
      <div className={styles.tools}>
        {heard !== undefined && <PlayButton url={`/media/${heard.sha256}.wav`} />}
        {mayWrite && (
          <>
            <Button
              icon={recording ? Square : Mic}
              kind={recording ? "danger" : "secondary"}
              busy={busy}
              onClick={() => (recording ? recorder.stop() : void recorder.start())}
            >
              {t(recording ? "finish" : "record")}
            </Button>
            {recorder.stream !== null && <LevelMeter stream={recorder.stream} />}
            {!recording && (
              <Button icon={Upload} disabled={busy} onClick={() => file.current?.click()}>
                {t("upload")}
              </Button>
            )}
            {heard !== undefined && !recording && (
              <Button icon={Trash2} kind="quiet" disabled={busy} onClick={() => void takeAway()}>
                {t("removeSound")}
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
          </>
        )}
      </div>
      {recorder.state === "refused" && (
        <Notice kind="warning">{t(globalThis.isSecureContext ? "micRefused" : "micNeedsTls")}</Notice>
      )}
      {recorder.state === "missing" && <Notice kind="warning">{t("micMissing")}</Notice>}
      {problem !== null && (
        <Notice kind="error" onDismiss={() => setProblem(null)}>
          {problem}
        </Notice>
      )}
      {heard?.quiet === true && problem === null && <Notice kind="warning">{t("quiet")}</Notice>}
    </div>
  );
}
