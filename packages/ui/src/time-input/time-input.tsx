import { type KeyboardEvent, useId, useState } from "react";
import { classNames } from "../class-names.ts";
import { controlClass, describedBy, Field, type FieldProps } from "../field/field.tsx";
import styles from "./time-input.module.css";
import { minutesToTime, readTimeOfDay, timeToMinutes } from "./time-of-day.ts";

export type TimeInputProps = FieldProps & {
  /** `08:30`. */
  value: string;
  onChange: (value: string) => void;
  /** Only read aloud: in a grid whose headings name it. */
  hideLabel?: boolean;
};

/**
 * A time of day, written as one likes (8h30, 8:30, 0830); arrow up and down go by a quarter of an hour. What cannot be read goes back
 * to what it was when the field is left.
 */
export function TimeInput({ label, hint, error, value, onChange, hideLabel = false }: TimeInputProps) {
  const id = useId();
  const [written, setWritten] = useState<string | null>(null);
  const take = (text: string) => {
    const time = readTimeOfDay(text);
    if (time !== null && time !== value) onChange(time);
    setWritten(null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") {
      // It takes the time, and does not send the form that the field stands in.
      event.preventDefault();
      take(event.currentTarget.value);
    }
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const from = timeToMinutes(readTimeOfDay(event.currentTarget.value) ?? value);
    const quarter = event.key === "ArrowUp" ? Math.floor(from / 15) * 15 + 15 : Math.ceil(from / 15) * 15 - 15;
    const next = minutesToTime(quarter);
    if (next !== null) take(next);
  };
  const input = (
    <input
      id={id}
      className={classNames(controlClass, styles.input)}
      inputMode="text"
      autoComplete="off"
      aria-label={hideLabel ? label : undefined}
      value={written ?? value}
      onChange={(event) => setWritten(event.target.value)}
      onBlur={(event) => take(event.target.value)}
      onKeyDown={onKeyDown}
      {...describedBy(id, { hint, error })}
    />
  );
  if (hideLabel) return input;
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      {input}
    </Field>
  );
}
