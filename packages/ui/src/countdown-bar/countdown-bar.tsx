import { formatDuration } from "../format/duration.ts";
import { useUiLanguage } from "../texts/ui-language.tsx";
import styles from "./countdown-bar.module.css";
import { timeLeft } from "./time-left.ts";

export type CountdownBarProps = {
  /** What runs out, as a noun: "Time to answer". Read aloud, not shown. */
  label: string;
  /** All three in milliseconds since 1970, by the same clock. `now` may move once a second: the bar glides in between. */
  startedAt: number;
  deadline: number;
  now: number;
};

/**
 * The time left, as a bar that gets shorter. It owns no clock: give it `now`. For readers who want less motion it moves in steps.
 * It does not tell its time aloud at every tick; a screen reader that asks hears the time left.
 */
export function CountdownBar({ label, startedAt, deadline, now }: CountdownBarProps) {
  const { leftMs, share } = timeLeft(startedAt, deadline, now);
  const language = useUiLanguage();
  return (
    <div
      className={styles.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, Math.round((deadline - startedAt) / 1000))}
      aria-valuenow={Math.ceil(leftMs / 1000)}
      aria-valuetext={formatDuration(leftMs, language, { rounding: "up", words: "long" })}
    >
      <div className={styles.bar} style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}
