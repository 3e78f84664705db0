import { TextField, type TextFieldProps } from "@cordboard/ui";
import { useState } from "react";

type Props = Pick<TextFieldProps, "label" | "hint" | "error" | "required" | "placeholder"> & {
  /** Milliseconds; null where nothing is written. */
  value: number | null;
  onChange: (ms: number | null) => void;
  min?: number;
  max?: number;
};

/** A length of time, written in seconds, kept in milliseconds. Seconds may have a fraction, with a comma or a point. */
export function SecondsField({ value, onChange, min = 0, max = 86_400, ...field }: Props) {
  const [written, setWritten] = useState<string | null>(null);
  return (
    <TextField
      {...field}
      type="number"
      inputMode="decimal"
      unit="s"
      min={min}
      max={max}
      step="any"
      value={written ?? (value === null ? "" : String(value / 1000))}
      onChange={(event) => {
        setWritten(event.target.value);
        const seconds = Number.parseFloat(event.target.value);
        onChange(Number.isFinite(seconds) ? Math.round(seconds * 1000) : null);
      }}
      onBlur={() => setWritten(null)}
    />
  );
}
