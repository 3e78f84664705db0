import { Mic, Square, Trash2, Upload } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "../button/button.tsx";
import { Notice } from "../notice/notice.tsx";
import styles from "./sound-recorder.module.css";
import { toTelephoneWav } from "./to-telephone-wav.ts";
import { useRecorder } from "./use-recorder.ts";
import { useSoundText } from "./use-sound-text.ts";

/** The most that is read as a recording, bytes. */
const mostBytes = 20_000_000;

export type SoundRecorderProps = {
  /** What is recorded, for who hears the buttons without seeing where they stand. */
  label: string;
  /** Gives what was recorded to the server; resolves with what went wrong, in words. */
  onRecorded: (wav: Uint8Array) => Promise<string | null>;
  /** There is something to take away. */
  onRemove: (() => Promise<string | null>) | null;
};

/** Makes a recording with the microphone, or from a file, and takes one away. What goes wrong is said beside it. */
export function SoundRecorder({ label, onRecorded, onRemove }: SoundRecorderProps) {
  const text = useSoundText();
  const file = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (work: () => Promise<string | null>) => {
    setProblem(null);
    setBusy(true);
    const said = await work();
    setBusy(false);
    setProblem(said);
  };
  const send = (sound: Blob) =>
    run(async () => {
      if (sound.size > mostBytes) return text("tooLarge");
      const wav = await toTelephoneWav(sound);
      return wav === null ? text("unreadable") : onRecorded(wav);
    });
  const recorder = useRecorder((sound) => void send(sound));
  const recording = recorder.state === "recording";
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would lie inside the form's own
    <div className={styles.recorder} role="group" aria-label={label}>
      <div className={styles.tools}>
        <Button
          icon={recording ? Square : Mic}
          kind={recording ? "danger" : "secondary"}
          busy={busy}
          onClick={() => (recording ? recorder.stop() : void recorder.start())}
        >
          {text(recording ? "finish" : "record")}
        </Button>
        <Button icon={Upload} kind="quiet" disabled={busy || recording} onClick={() => file.current?.click()}>
          {text("upload")}
        </Button>
        {onRemove !== null && (
          <Button icon={Trash2} kind="quiet" disabled={busy || recording} onClick={() => void run(onRemove)}>
            {text("remove")}
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
      {recorder.state === "refused" && <Notice kind="warning">{text("refused")}</Notice>}
      {recorder.state === "missing" && <Notice kind="warning">{text("missing")}</Notice>}
      {problem !== null && <Notice kind="error">{problem}</Notice>}
    </div>
  );
}
