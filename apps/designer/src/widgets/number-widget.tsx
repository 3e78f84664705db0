import { TextField } from "@cordboard/ui";
import { useEffect, useState } from "react";
import { useSettingWorld } from "./setting-context.ts";
import type { WidgetProps } from "./widget-props.ts";

/** A number as it is typed; what is no number yet is kept on the screen and not in the settings. */
export function NumberWidget(props: WidgetProps & { percent?: boolean }) {
  const { label, value, schema, optional, problem, onChange, pointer, percent = false } = props;
  const { readOnly } = useSettingWorld();
  const shown = typeof value === "number" ? String(value) : "";
  const [typed, setTyped] = useState(shown);
  useEffect(() => {
    setTyped((before) => (Number(before) === value && before !== "" ? before : shown));
  }, [shown, value]);
  return (
    <TextField
      label={label}
      error={problem}
      type="number"
      inputMode="numeric"
      {...(percent ? { unit: "%" } : {})}
      value={typed}
      min={schema.minimum}
      max={schema.maximum}
      readOnly={readOnly}
      onChange={(event) => {
        const text = event.target.value;
        setTyped(text);
        if (text === "" && optional) onChange(null, pointer);
        else if (text !== "" && Number.isFinite(Number(text))) onChange(Number(text), pointer);
      }}
    />
  );
}
