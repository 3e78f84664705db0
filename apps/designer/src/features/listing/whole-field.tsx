import { TextField, type TextFieldProps } from "@cordboard/ui";
import { useState } from "react";

type Props = Pick<TextFieldProps, "label" | "hint" | "error" | "required" | "placeholder" | "unit"> & {
  /** Null where nothing is written. */
  value: number | null;
  onChange: (whole: number | null) => void;
  min: number;
  max: number;
};

/** A whole number. What stands in it while it is written may be nothing yet. */
export function WholeField({ value, onChange, ...field }: Props) {
  const [written, setWritten] = useState<string | null>(null);
  return (
    <TextField
      {...field}
      type="number"
      inputMode="numeric"
      step={1}
      value={written ?? (value === null ? "" : String(value))}
      onChange={(event) => {
        setWritten(event.target.value);
        const whole = Number.parseInt(event.target.value, 10);
        onChange(Number.isFinite(whole) ? whole : null);
      }}
      onBlur={() => setWritten(null)}
    />
  );
}
