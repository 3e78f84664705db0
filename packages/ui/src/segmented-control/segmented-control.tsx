import { type ReactNode, useId } from "react";
import styles from "./segmented-control.module.css";

export type Segment<Value extends string> = {
  readonly value: Value;
  readonly label: ReactNode;
  /** BCP 47, when the word is in another language than the page. */
  readonly lang?: string;
};

export type SegmentedControlProps<Value extends string> = {
  /** What is chosen; read aloud, not shown. */
  label: string;
  segments: readonly Segment<Value>[];
  value: Value;
  onChange: (value: Value) => void;
};

/** One of two to four words side by side, all visible. Radio buttons underneath: arrow keys move, screen readers count them. */
export function SegmentedControl<Value extends string>({
  label,
  segments,
  value,
  onChange,
}: SegmentedControlProps<Value>) {
  const name = useId();
  return (
    <fieldset className={styles.control}>
      <legend className={styles.legend}>{label}</legend>
      {segments.map((segment) => (
        <label key={segment.value} className={styles.segment} lang={segment.lang}>
          <input
            type="radio"
            className={styles.radio}
            name={name}
            value={segment.value}
            checked={segment.value === value}
            onChange={() => onChange(segment.value)}
          />
          {segment.label}
        </label>
      ))}
    </fieldset>
  );
}
