import { Button, Duration, Notice } from "@cordboard/ui";
import { soundFiles } from "@cordboard/ui/sound";
import { Mic, Scissors, Trash2, Upload } from "lucide-react";
import { type DragEvent, lazy, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { PlayButton } from "./play-button.tsx";
import styles from "./sound-tools.module.css";
import type { WorkshopStart } from "./sound-workshop.tsx";
import { TextDrift } from "./text-drift.tsx";

/** Fetched when somebody records: nobody else waits for it. */
const SoundWorkshop = lazy(async () => ({ default: (await import("./sound-workshop.tsx")).SoundWorkshop }));

/** What is heard now. */
interface HeardSound {
  readonly sha256: string;
  readonly durationMs?: number;
  readonly quiet?: boolean;
  /** The text that it was made for, where one is known. */
  readonly recordedFor: string | undefined;
  /** It is the prompt's own, and may be taken away. */
  readonly own: boolean;
}

type Props = {
  /** What is recorded, for who hears the buttons without seeing where they stand; and the workshop's title. */
  label: string;
  heard: HeardSound | null;
  /** What is written now, and its language. */
  text: string;
  lang: string;
  mayChange: boolean;
  /** Each resolves with what went wrong, in words. */
  save: (wav: Uint8Array) => Promise<string | null>;
  remove: () => Promise<string | null>;
  /** The recording is right for the text that is written now. */
  confirm: (sha256: string) => Promise<string | null>;
};

/** The recording of a text: hearing it, making one in the workshop, taking it away, and whether the two still agree. */
export function SoundTools({ label, heard, text, lang, mayChange, save, remove, confirm }: Props) {
  const { t } = useTranslation("widgets");
  const file = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [start, setStart] = useState<WorkshopStart | null>(null);
  const run = async (work: () => Promise<string | null>) => {
    setBusy(true);
    setProblem(await work());
    setBusy(false);
  };
  const open = (with_: WorkshopStart) => {
    setProblem(null);
    setStart(with_);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    const [dropped] = event.dataTransfer.files;
    if (dropped && mayChange && !busy && start === null) open({ kind: "file", file: dropped });
  };
  const url = heard === null ? "" : `/media/${heard.sha256}.wav`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would lie inside the form's own
    <div
      className={styles.sound}
      role="group"
      aria-label={label}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
    >
      <p className={styles.state}>
        {heard === null ? t("sound.notRecorded") : t(heard.own ? "sound.recorded" : "sound.shipped")}
        {heard?.durationMs !== undefined && (
          <>
            {" "}
            <Duration ms={heard.durationMs} />
          </>
        )}
      </p>
      {heard !== null && (
        <TextDrift
          recordedFor={heard.recordedFor}
          text={text}
          lang={lang}
          busy={busy}
          onRight={mayChange ? () => void run(() => confirm(heard.sha256)) : null}
          onRecord={mayChange ? () => open({ kind: "record" }) : null}
        />
      )}
      <div className={styles.tools}>
        {heard !== null && <PlayButton url={url} />}
        {mayChange && (
          <>
            <Button icon={Mic} disabled={busy} onClick={() => open({ kind: "record" })}>
              {t("sound.record")}
            </Button>
            <Button icon={Upload} disabled={busy} onClick={() => file.current?.click()}>
              {t("sound.upload")}
            </Button>
            {heard !== null && (
              <Button icon={Scissors} disabled={busy} onClick={() => open({ kind: "kept", url })}>
                {t("sound.edit")}
              </Button>
            )}
            {heard?.own === true && (
              <Button icon={Trash2} kind="quiet" disabled={busy} onClick={() => void run(remove)}>
                {t("sound.remove")}
              </Button>
            )}
            <input
              ref={file}
              type="file"
              accept={soundFiles}
              hidden
              onChange={(event) => {
                const [chosen] = event.target.files ?? [];
                event.target.value = "";
                if (chosen) open({ kind: "file", file: chosen });
              }}
            />
          </>
        )}
      </div>
      {problem !== null && (
        <Notice kind="error" onDismiss={() => setProblem(null)}>
          {problem}
        </Notice>
      )}
      {heard?.quiet === true && <Notice kind="warning">{t("sound.quiet")}</Notice>}
      {start !== null && (
        <Suspense>
          <SoundWorkshop
            title={label}
            text={text}
            lang={lang}
            start={start}
            save={save}
            onClose={() => setStart(null)}
          />
        </Suspense>
      )}
    </div>
  );
}
