import styles from "./waveform.module.css";

type Props = {
  /** How loud it is, 0 to 100 each; none: an even line. */
  peaks: readonly number[];
  /** How much of it was played, 0 to 1. */
  played: number;
};

const even: readonly number[] = Array.from({ length: 60 }, () => 12);
/** The quietest stretch is still seen. */
const least = 6;

/** A recording drawn: what was played in the accent's colour. For the eye alone; what plays it says where it is. */
export function Waveform({ peaks, played }: Props) {
  const bars = peaks.length === 0 ? even : peaks;
  return (
    <svg className={styles.wave} viewBox={`0 0 ${bars.length} 100`} preserveAspectRatio="none" aria-hidden="true">
      {bars.map((peak, index) => {
        const height = Math.max(least, peak);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={index}
            className={index < played * bars.length ? styles.played : styles.rest}
            x={index + 0.15}
            y={(100 - height) / 2}
            width={0.7}
            height={height}
          />
        );
      })}
    </svg>
  );
}
