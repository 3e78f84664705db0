import { Download, Pause, Play } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { formatDuration } from "../format/duration.ts";
import { Icon } from "../icon/icon.tsx";
import { IconButton } from "../icon-button/icon-button.tsx";
import { Spinner } from "../loading/loading.tsx";
import { Notice } from "../notice/notice.tsx";
import { useUiLanguage } from "../texts/ui-language.tsx";
import styles from "./sound-player.module.css";
import { useSoundText } from "./use-sound-text.ts";
import { Waveform } from "./waveform.tsx";

/** Where a sound can be had for a while, or why it cannot. */
export type SoundAddress = { readonly url: string; readonly validForMs: number } | { readonly problem: string };

export type SoundPlayerProps = {
  durationMs: number;
  peaks: readonly number[];
  /** Asked for at the first press, and again when it has run out. */
  address: () => Promise<SoundAddress>;
  /** What it is called when it is downloaded, without `.wav`. */
  fileName: string;
  onPlayed?: () => void;
  /** Nothing may be heard just now: it stops. */
  quiet?: boolean;
};

/** An address that ends so soon is asked for anew. */
const marginMs = 30_000;
const speeds = [1, 1.25, 1.5, 2] as const;

/** Plays a sound: its drawing is the bar by which one goes anywhere in it. The place in it survives a new address. */
export function SoundPlayer({ durationMs, peaks, address, fileName, onPlayed, quiet = false }: SoundPlayerProps) {
  const text = useSoundText();
  const language = useUiLanguage();
  const audio = useRef<HTMLAudioElement>(null);
  const validUntil = useRef(0);
  const [standing, setStanding] = useState<"still" | "loading" | "playing">("still");
  const [seconds, setSeconds] = useState(0);
  const [speed, setSpeed] = useState<(typeof speeds)[number]>(1);
  const [problem, setProblem] = useState<string | null>(null);
  const whole = Math.max(1, Math.round(durationMs / 1000));

  const fetched = async (): Promise<string | null> => {
    setProblem(null);
    const answer = await address();
    if ("problem" in answer) {
      setProblem(answer.problem);
      return null;
    }
    validUntil.current = performance.now() + answer.validForMs;
    return answer.url;
  };
  const play = async () => {
    const sound = audio.current;
    if (sound === null) return;
    setStanding("loading");
    if (sound.src === "" || validUntil.current < performance.now() + marginMs) {
      const url = await fetched();
      if (url === null) return setStanding("still");
      sound.src = url;
      sound.currentTime = seconds;
    }
    if (sound.ended) sound.currentTime = 0;
    sound.playbackRate = speed;
    await sound.play().catch(() => setStanding("still"));
  };
  const goTo = (second: number) => {
    setSeconds(second);
    if (audio.current?.src) audio.current.currentTime = second;
  };
  const faster = () => {
    const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;
    setSpeed(next);
    if (audio.current) audio.current.playbackRate = next;
  };
  const download = async () => {
    const url = await fetched();
    if (url === null) return;
    const link = document.createElement("a");
    link.href = url;
    link.download = `${fileName}.wav`;
    link.click();
  };
  useEffect(() => {
    if (quiet) audio.current?.pause();
  }, [quiet]);
  const words = (ms: number) => formatDuration(ms, language);
  const playing = standing === "playing";
  const shownSpeed = `${new Intl.NumberFormat(language).format(speed)} ×`;
  return (
    <div className={styles.frame}>
      <div className={styles.player}>
        <button
          type="button"
          className={styles.button}
          aria-label={text(playing ? "stop" : "play")}
          aria-busy={standing === "loading" || undefined}
          disabled={quiet}
          onClick={() => (playing ? audio.current?.pause() : void play())}
        >
          {standing === "loading" ? <Spinner /> : <Icon as={playing ? Pause : Play} size={20} />}
        </button>
        <span className={styles.bar}>
          <Waveform peaks={peaks} played={seconds / whole} />
          <input
            type="range"
            className={styles.position}
            min={0}
            max={whole}
            step={1}
            value={Math.min(Math.floor(seconds), whole)}
            aria-label={text("position")}
            aria-valuetext={text("positionOf", { at: words(seconds * 1000), duration: words(durationMs) })}
            onChange={(event) => goTo(Number(event.target.value))}
          />
        </span>
        <span className={styles.time}>
          {words(Math.floor(seconds) * 1000)} / {words(durationMs)}
        </span>
        <span className={styles.tools}>
          <button
            type="button"
            className={styles.speed}
            aria-label={`${text("speed")} ${shownSpeed}`}
            title={text("speed")}
            onClick={faster}
          >
            {shownSpeed}
          </button>
          <IconButton icon={Download} label={text("download")} onClick={() => void download()} />
        </span>
        {/* biome-ignore lint/a11y/useMediaCaption: nobody wrote down what was said */}
        <audio
          ref={audio}
          preload="none"
          onPlay={() => {
            setStanding("playing");
            onPlayed?.();
          }}
          onPause={() => setStanding("still")}
          onEnded={() => setStanding("still")}
          onTimeUpdate={(event) => setSeconds(event.currentTarget.currentTime)}
          onError={(event) => {
            if (!event.currentTarget.src) return;
            validUntil.current = 0;
            setStanding("still");
            setProblem(text("unplayable"));
          }}
        />
        {problem !== null && (
          <div className={styles.problem}>
            <Notice kind="error">{problem}</Notice>
          </div>
        )}
      </div>
    </div>
  );
}
