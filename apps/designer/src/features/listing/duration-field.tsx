import { TextField, type TextFieldProps } from "@cordboard/ui";
import { useState } from "react";

const units = { s: 1_000, min: 60_000 } as const;

type Props = Pick<TextFieldProps, "label" | "hint" | "error" | "required" | "placeholder"> & {
  /** Milliseconds; null where nothing is written. */
  value: number | null;
  onChange: (ms: number | null) => void;
  /** In what it is written; `min` and `max` are in it too. */
  unit?: keyof typeof units;
  min?: number;
  max?: number;
};

/** A length of time, written in seconds or minutes, kept in milliseconds. It may have a fraction, with a comma or a point. */
export function DurationField({
  value,
  onChange,
  unit = "s",
  min = 0,
  max = 86_400_000 / units[unit],
  ...field
}: Props) {
  const [written, setWritten] = useState<string | null>(null);
  return (
    <TextField
      {...field}
      type="number"
      inputMode="decimal"
      unit={unit}
      min={min}
      max={max}
      step="any"
      value={written ?? (value === null ? "" : String(value / units[unit]))}
      onChange={(event) => {
        setWritten(event.target.value);
        const amount = Number.parseFloat(event.target.value);
        onChange(Number.isFinite(amount) ? Math.round(amount * units[unit]) : null);
      }}
      onBlur={() => setWritten(null)}
    />
  );
}
