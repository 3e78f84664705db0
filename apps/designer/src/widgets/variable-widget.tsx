import { TextField } from "@cordboard/ui";
import { useId } from "react";
import { useSettingWorld } from "./setting-context.ts";
import { textOf, type WidgetProps } from "./widget-props.ts";

/** A variable of the flow: those that there are are proposed. */
export function VariableWidget({ label, value, optional, problem, onChange, pointer }: WidgetProps) {
  const { document, readOnly } = useSettingWorld();
  const list = useId();
  return (
    <>
      <TextField
        label={label}
        error={problem}
        list={list}
        autoComplete="off"
        spellCheck={false}
        value={textOf(value)}
        readOnly={readOnly}
        onChange={(event) => {
          const name = event.target.value.trim();
          onChange(optional && name === "" ? null : name, pointer);
        }}
      />
      <datalist id={list}>
        {Object.entries(document?.variables ?? {}).map(([name, { description }]) => (
          <option key={name} value={name}>
            {description ?? ""}
          </option>
        ))}
      </datalist>
    </>
  );
}
