import { Button, Checkbox, Dialog, formatDuration, Notice, Spinner, useUiLanguage } from "@cordboard/ui";
import {
  audibleStretch,
  type ReadSound,
  readSound,
  type Stretch,
  soundFiles,
  telephoneRate,
  useRecorder,
} from "@cordboard/ui/sound";
import { Mic, Play, Scissors, Square, Upload } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { finished, troubleOf } from "./finished-sound.ts";
import { LiveRecording } from "./live-recording.tsx";
import styles from "./sound-workshop.module.css";
import { TrimWave } from "./trim-wave.tsx";
import { useSamplesPlayer } from "./use-samples-player.ts";

/** What the workshop begins with. */
export type WorkshopStart =
  | { readonly kind: "record" }
  | { readonly kind: "file"; readonly file: Blob }
  /** What callers hear now. */
  | { readonly kind: "kept"; readonly url: string };

type Props = {
  title: string;
  /** What is to be said, and its language. */
  text: string;
  lang: string;
  start: WorkshopStart;
  /** Takes the WAV file in the place of what was there; resolves with what went wrong, in words. */
  save: (wav: Uint8Array) => Promise<string | null>;
  onClose: () => void;
};

type Sound = Extract<ReadSound, { ok: true }>;

/**
 * Where a recording is made: recorded or read from a file, seen, cut, made as loud as others, heard, and kept. What was there before stays until
 * then.
 */
export function SoundWorkshop({ title, text, lang, start, save, onClose }: Props) {
  const { t } = useTranslation("widgets");
  const language = useUiLanguage();
  const file = useRef<HTMLInputElement>(null);
  const [sound, setSound] = useState<Sound | null>(null);
  const [stretch, setStretch] = useState<Stretch>({ from: 0, to: 0 });
  const [loud, setLoud] = useState(start.kind !== "kept");
  const [changed, setChanged] = useState(false);
  const [busy, setBusy] = useState(start.kind !== "record");
  const [leaving, setLeaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const player = useSamplesPlayer(telephoneRate);

  const take = async (given: Blob | Promise<Blob>, isNew = true) => {
    player.stop();
    setBusy(true);
    setProblem(null);
    const read = await Promise.resolve(given).then(readSound, () => ({ ok: false, why: "unreadable" }) as const);
    setBusy(false);
    if (!read.ok) return setProblem(t(`work.${read.why}`));
    setSound(read);
    setStretch(isNew ? audibleStretch(read.samples, telephoneRate) : { from: 0, to: read.samples.length });
    setChanged(isNew);
  };
  const recorder = useRecorder((heard) => void take(heard));
  const recording = recorder.state === "recording";
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    if (start.kind === "record") void recorder.start();
    else if (start.kind === "file") void take(start.file);
    else
      void take(
        fetch(start.url).then((answer) => answer.blob()),
        false,
      );
  });

  const result = useMemo(
    () => (sound === null ? null : finished(sound.samples, stretch, loud)),
    [sound, stretch, loud],
  );
  const trouble = sound === null ? null : troubleOf(sound, stretch);
  const edit = (next: Stretch) => {
    player.stop();
    setStretch(next);
    setChanged(true);
  };
  const keep = async () => {
    if (result === null) return;
    player.stop();
    setBusy(true);
    const said = await save(result.wav());
    setBusy(false);
    if (said === null) onClose();
    else setProblem(said);
  };
  const record = () => {
    player.stop();
    setProblem(null);
    void recorder.start();
  };
  const close = () => (recording || (changed && sound !== null) ? setLeaving(true) : onClose());
  const length = (samples: number) => formatDuration((1000 * samples) / telephoneRate, language);

  return createPortal(
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that the form behind would take for its own stop here
    <div onKeyDown={(event: KeyboardEvent) => event.stopPropagation()}>
      <Dialog
        title={title}
        size="normal"
        onClose={close}
        actions={
          <>
            <Button onClick={close}>{t("work.cancel")}</Button>
            <Button
              kind="primary"
              busy={busy}
              disabled={result === null || recording || trouble === "silent" || !(changed || loud)}
              onClick={() => void keep()}
            >
              {t("work.save")}
            </Button>
          </>
        }
      >
        <div className={styles.workshop}>
          {leaving && (
            <Notice
              kind="warning"
              remedy={{ label: t("work.discard"), onSelect: onClose }}
              onDismiss={() => setLeaving(false)}
            >
              {t("work.notKept")}
            </Notice>
          )}
          {text.trim() !== "" && (
            <blockquote className={styles.text} lang={lang}>
              {text}
            </blockquote>
          )}
          {recording && recorder.stream !== null && (
            <LiveRecording stream={recorder.stream} onEnough={() => recorder.stop()} />
          )}
          {!recording && sound !== null && (
            <>
              <TrimWave
                samples={sound.samples}
                rate={telephoneRate}
                stretch={stretch}
                heard={player.at === null ? null : Math.min(stretch.to, stretch.from + player.at * telephoneRate)}
                onStretch={edit}
              />
              <p className={styles.length}>
                {t("work.length", { kept: length(stretch.to - stretch.from), whole: length(sound.samples.length) })}
              </p>
              <div className={styles.tools}>
                <Button
                  icon={player.at === null ? Play : Square}
                  onClick={() => (player.at === null && result !== null ? player.play(result.samples) : player.stop())}
                >
                  {t(player.at === null ? "work.play" : "sound.stop")}
                </Button>
                <Button icon={Scissors} onClick={() => edit(audibleStretch(sound.samples, telephoneRate))}>
                  {t("work.trim")}
                </Button>
                <Button kind="quiet" onClick={() => edit({ from: 0, to: sound.samples.length })}>
                  {t("work.whole")}
                </Button>
              </div>
              <Checkbox
                label={t("work.loud")}
                checked={loud}
                onChange={(event) => {
                  player.stop();
                  setLoud(event.target.checked);
                }}
              />
              {trouble !== null && (
                <Notice kind={trouble === "silent" ? "error" : "warning"}>{t(`work.${trouble}`)}</Notice>
              )}
            </>
          )}
          {recorder.state === "refused" && (
            <Notice kind="warning">{t(globalThis.isSecureContext ? "sound.refused" : "sound.needsTls")}</Notice>
          )}
          {recorder.state === "missing" && <Notice kind="warning">{t("sound.missing")}</Notice>}
          {problem !== null && <Notice kind="error">{problem}</Notice>}
          {busy && sound === null && <Spinner />}
          <div className={styles.tools}>
            <Button
              icon={recording ? Square : Mic}
              kind={recording ? "danger" : "secondary"}
              disabled={busy}
              onClick={() => (recording ? recorder.stop() : record())}
            >
              {t(recording ? "sound.finish" : sound === null ? "sound.record" : "drift.again")}
            </Button>
            <Button icon={Upload} kind="quiet" disabled={busy || recording} onClick={() => file.current?.click()}>
              {t("sound.upload")}
            </Button>
            <input
              ref={file}
              type="file"
              accept={soundFiles}
              hidden
              onChange={(event) => {
                const [chosen] = event.target.files ?? [];
                event.target.value = "";
                if (chosen) void take(chosen);
              }}
            />
          </div>
        </div>
      </Dialog>
    </div>,
    document.body,
  );
}
