import type { AgentView, VoicemailMessage } from "@cordboard/api";
import { formatDuration, Icon, Notice, Spinner, useUiLanguage } from "@cordboard/ui";
import { Pause, Play } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk, useServerNow } from "../session/desk-context.tsx";
import styles from "./message-player.module.css";

/** Who listens must hear a call come, and their telephone: then a message waits. */
const quiet: readonly AgentView["state"][] = ["available", "paused", "wrapUp"];
/** An address that ends so soon is asked for anew. */
const marginMs = 30_000;

type Props = { message: VoicemailMessage; view: AgentView; onPlayed: () => void };

/** Plays a message: play and pause, and a bar to go anywhere in it. Its address is asked for at the first press, and again when it has run out. */
export function MessagePlayer({ message, view, onPlayed }: Props) {
  const { desk } = useDesk();
  const { t } = useTranslation("voicemail");
  const language = useUiLanguage();
  const serverNow = useServerNow(10_000);
  const audio = useRef<HTMLAudioElement>(null);
  const validUntil = useRef(0);
  const [standing, setStanding] = useState<"still" | "loading" | "playing">("still");
  const [seconds, setSeconds] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const whole = Math.max(1, Math.round(message.durationMs / 1000));

  /** The place in the message survives a new address. */
  const load = async (sound: HTMLAudioElement): Promise<boolean> => {
    if (validUntil.current > serverNow + marginMs) return true;
    const answer = await desk.ask("deskMessages.audio", { params: { messageId: message.messageId } });
    if (!answer.ok) {
      setProblem(`${answer.error.message} ${answer.error.remedy}`);
      return false;
    }
    const at = sound.currentTime;
    sound.src = answer.value.url;
    sound.currentTime = at;
    validUntil.current = Date.parse(answer.value.validUntil);
    return true;
  };
  const play = async () => {
    const sound = audio.current;
    if (sound === null) return;
    setStanding("loading");
    setProblem(null);
    if (!(await load(sound))) return setStanding("still");
    if (sound.ended) sound.currentTime = 0;
    await sound.play().catch(() => setStanding("still"));
  };
  const goTo = (second: number) => {
    setSeconds(second);
    if (audio.current) audio.current.currentTime = second;
  };
  const mustBeQuiet = !quiet.includes(view.state);
  useEffect(() => {
    if (mustBeQuiet) audio.current?.pause();
  }, [mustBeQuiet]);
  const words = (ms: number) => formatDuration(ms, language);
  const playing = standing === "playing";
  return (
    <div className={styles.player}>
      <button
        type="button"
        className={styles.button}
        aria-label={t(playing ? "pause" : "play")}
        aria-busy={standing === "loading" || undefined}
        disabled={mustBeQuiet}
        onClick={() => (playing ? audio.current?.pause() : void play())}
      >
        {standing === "loading" ? <Spinner /> : <Icon as={playing ? Pause : Play} size={20} />}
      </button>
      <input
        type="range"
        className={styles.bar}
        min={0}
        max={whole}
        step={1}
        value={Math.min(seconds, whole)}
        aria-label={t("position")}
        aria-valuetext={t("positionOf", { at: words(seconds * 1000), duration: words(message.durationMs) })}
        onChange={(event) => goTo(Number(event.target.value))}
      />
      <span className={styles.time}>
        {words(seconds * 1000)} / {words(message.durationMs)}
      </span>
      {/* biome-ignore lint/a11y/useMediaCaption: nobody wrote down what a caller said */}
      <audio
        ref={audio}
        preload="none"
        onPlay={() => {
          setStanding("playing");
          onPlayed();
        }}
        onPause={() => setStanding("still")}
        onEnded={() => setStanding("still")}
        onTimeUpdate={(event) => setSeconds(Math.floor(event.currentTarget.currentTime))}
        onError={(event) => {
          if (!event.currentTarget.src) return;
          validUntil.current = 0;
          setStanding("still");
          setProblem(t("unplayable"));
        }}
      />
      {problem !== null && (
        <div className={styles.problem}>
          <Notice kind="error">{problem}</Notice>
        </div>
      )}
    </div>
  );
}
