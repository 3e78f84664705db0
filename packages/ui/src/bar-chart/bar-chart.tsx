import { Fragment } from "react";
import { classNames } from "../class-names.ts";
import { useUiLanguage } from "../texts/ui-language.tsx";
import styles from "./bar-chart.module.css";

export type Bar = {
  readonly id: string;
  /** Under the bar; empty for the bars between those that are named. */
  readonly label: string;
  /** One part on top of the other, from below. None is negative. */
  readonly parts: readonly number[];
  /** How tall it was in another period: a line across it. */
  readonly mark?: number;
  /** What the bar says in full, where the pointer rests on it. */
  readonly title: string;
};

export type BarChartProps = {
  /** What is drawn and that the table has the same; read in place of the drawing. */
  label: string;
  /** What the parts are, in their order. Three at most. */
  legend: readonly string[];
  /** What the marks are. */
  markWord?: string;
  bars: readonly Bar[];
};

const height = 120;

/** Bars over time, for the eye only: whoever draws it puts the same figures beside it in a table. */
export function BarChart({ label, legend, markWord, bars }: BarChartProps) {
  const language = useUiLanguage();
  const tall = ({ parts, mark = 0 }: Bar) =>
    Math.max(
      mark,
      parts.reduce((sum, part) => sum + part, 0),
    );
  const top = Math.max(1, Math.ceil(Math.max(0, ...bars.map(tall)) * 10) / 10);
  const step = 100 / Math.max(1, bars.length);
  return (
    <figure className={styles.figure}>
      <div className={styles.plot}>
        <span className={styles.top}>{top.toLocaleString(language)}</span>
        <svg
          className={styles.drawing}
          viewBox={`0 0 100 ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={label}
        >
          <path className={styles.line} d={`M0 .5H100M0 ${height / 2}H100M0 ${height - 0.5}H100`} />
          {bars.map((bar, at) => {
            let from = height;
            return (
              <g key={bar.id}>
                <title>{bar.title}</title>
                <rect x={at * step} y={0} width={step} height={height} className={styles.ground} />
                {bar.parts.map((part, index) => {
                  const tall = (part / top) * height;
                  from -= tall;
                  return (
                    <rect
                      // biome-ignore lint/suspicious/noArrayIndexKey: the order of the parts is what they are
                      key={index}
                      className={classNames(styles.part, partClass(index))}
                      x={at * step + step * 0.12}
                      y={from}
                      width={step * 0.76}
                      height={tall}
                    />
                  );
                })}
                {bar.mark !== undefined && (
                  <path
                    className={styles.mark}
                    d={`M${at * step + step * 0.04} ${height - (bar.mark / top) * height}h${step * 0.92}`}
                  />
                )}
              </g>
            );
          })}
        </svg>
        <div className={styles.axis} aria-hidden="true">
          {bars.map((bar, at) => (
            <Fragment key={bar.id}>
              {bar.label !== "" && (
                <span className={styles.tick} style={{ left: `${(at + 0.5) * step}%` }}>
                  {bar.label}
                </span>
              )}
            </Fragment>
          ))}
        </div>
      </div>
      <figcaption className={styles.legend}>
        {legend.map((word, index) => (
          <span key={word} className={styles.word}>
            <svg width="10" height="10" aria-hidden="true">
              <rect width="10" height="10" rx="2" className={partClass(index)} />
            </svg>
            {word}
          </span>
        ))}
        {markWord !== undefined && (
          <span className={styles.word}>
            <svg width="10" height="10" aria-hidden="true">
              <path className={styles.mark} d="M0 5h10" />
            </svg>
            {markWord}
          </span>
        )}
      </figcaption>
    </figure>
  );
}

function partClass(index: number): string {
  return [styles.first, styles.second, styles.third][index] ?? "";
}
