import { TriangleAlert } from "lucide-react";
import { type DateTimeForm, formatPreciseTime } from "../format/date-time.ts";
import { Icon } from "../icon/icon.tsx";
import { Key } from "../key/key.tsx";
import styles from "./step-list.module.css";

/** One step of a call, in words. */
export type ListedStep = {
  readonly id: string | number;
  /** ISO 8601. */
  readonly at: string;
  /** Where it happened; null at no particular place. Said where it changes. */
  readonly place: string | null;
  readonly sentence: string;
  /** What was said. */
  readonly quote: string | null;
  /** What was keyed. */
  readonly keys: readonly string[];
  readonly problem: boolean;
};

export type StepListProps = {
  steps: readonly ListedStep[];
  /** ISO 8601: what the seconds are counted from. */
  startedAt: string;
  form: DateTimeForm;
  /** What stands there without any step. */
  empty: string;
};

/** Every step of a call, in order: when, how long after the beginning, where, and what happened. */
export function StepList({ steps, startedAt, form, empty }: StepListProps) {
  if (steps.length === 0) return <p className={styles.none}>{empty}</p>;
  const start = Date.parse(startedAt);
  return (
    <ol className={styles.steps}>
      {steps.map((step, index) => {
        // What happens at no place does not change it.
        const before = steps.slice(0, index).findLast(({ place }) => place !== null);
        return (
          <li key={step.id} className={styles.step}>
            <time className={styles.time} dateTime={step.at}>
              {formatPreciseTime(Date.parse(step.at), form)}
              <span className={styles.since}>+{seconds(Date.parse(step.at) - start, form)}</span>
            </time>
            <span className={styles.node}>{step.place !== before?.place && step.place}</span>
            <p className={styles.what}>
              {step.problem && (
                <span className={styles.problem}>
                  <Icon as={TriangleAlert} />
                </span>
              )}
              <span>
                {step.sentence}
                {step.quote !== null && <q className={styles.quote}>{step.quote}</q>}
                {step.keys.map((key, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the order of the keys is what they are
                  <span key={at} className={styles.key}>
                    <Key name={key} />
                  </span>
                ))}
              </span>
            </p>
          </li>
        );
      })}
    </ol>
  );
}

/** Seconds since the call began, to the tenth. */
function seconds(ms: number, { language }: DateTimeForm): string {
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return `${number.format(Math.max(0, ms) / 1000)}\u00a0s`;
}
