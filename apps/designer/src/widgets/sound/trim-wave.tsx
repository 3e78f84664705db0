import { useUiLanguage } from "@cordboard/ui";
import { peaksOf, type Stretch, withEnd } from "@cordboard/ui/sound";
import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./trim-wave.module.css";

type Props = {
  samples: Float32Array;
  rate: number;
  stretch: Stretch;
  /** The sample that is heard just now; null while nothing is. */
  heard: number | null;
  onStretch: (stretch: Stretch) => void;
};

const bars = 160;
/** The shortest that can be kept: a tenth of a second. */
const leastSeconds = 0.1;
/** What the keys move an end by, seconds. */
const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -0.01,
  ArrowDown: -0.01,
  ArrowRight: 0.01,
  ArrowUp: 0.01,
  PageDown: -1,
  PageUp: 1,
};

/** A sound drawn, with a handle at each end of what is kept: dragged, or moved by the arrow keys (with Shift ten times as far), Page, Home, End. */
export function TrimWave({ samples, rate, stretch, heard, onStretch }: Props) {
  const { t } = useTranslation("widgets");
  const language = useUiLanguage();
  const frame = useRef<HTMLDivElement>(null);
  const peaks = useMemo(() => peaksOf(samples, bars), [samples]);
  const { length } = samples;
  const share = (at: number) => `${(100 * at) / Math.max(1, length)}%`;
  const seconds = new Intl.NumberFormat(language, {
    style: "unit",
    unit: "second",
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  const move = (end: keyof Stretch, at: number) =>
    onStretch(withEnd(stretch, end, at, { length, least: leastSeconds * rate }));
  const drag = (end: keyof Stretch) => (event: PointerEvent<HTMLDivElement>) => {
    const box = frame.current?.getBoundingClientRect();
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    move(end, ((event.clientX - box.left) / box.width) * length);
  };
  const press = (end: keyof Stretch) => (event: KeyboardEvent<HTMLDivElement>) => {
    const step = steps[event.key];
    const ends: Readonly<Record<string, number>> = { Home: 0, End: length };
    const to =
      step === undefined
        ? ends[event.key]
        : stretch[end] + step * rate * (event.shiftKey && Math.abs(step) < 1 ? 10 : 1);
    if (to === undefined) return;
    event.preventDefault();
    move(end, to);
  };
  const handle = (end: keyof Stretch) => (
    <div
      className={styles.handle}
      role="slider"
      tabIndex={0}
      aria-label={t(`work.${end}`)}
      aria-valuemin={0}
      aria-valuemax={Math.round((1000 * length) / rate)}
      aria-valuenow={Math.round((1000 * stretch[end]) / rate)}
      aria-valuetext={seconds.format(stretch[end] / rate)}
      style={{ left: share(stretch[end]) }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag(end)}
      onKeyDown={press(end)}
    />
  );
  return (
    <div className={styles.frame} ref={frame}>
      <svg className={styles.wave} viewBox={`0 0 ${bars} 100`} preserveAspectRatio="none" aria-hidden="true">
        {peaks.map((peak, index) => {
          const height = Math.max(2, 100 * peak);
          const at = ((index + 0.5) / bars) * length;
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
              key={index}
              className={at >= stretch.from && at < stretch.to ? styles.kept : styles.rest}
              x={index + 0.15}
              y={(100 - height) / 2}
              width={0.7}
              height={height}
            />
          );
        })}
      </svg>
      {heard !== null && <span className={styles.heard} style={{ left: share(heard) }} />}
      {handle("from")}
      {handle("to")}
    </div>
  );
}
