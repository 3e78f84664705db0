import { type ComponentProps, useId } from "react";
import { classNames } from "../class-names.ts";
import { controlClass, describedBy, Field, type FieldProps } from "../field/field.tsx";
import { SelectFrame } from "./select-frame.tsx";

export type SelectOption<Value extends string = string> = {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean;
};

export type SelectProps<Value extends string> = FieldProps &
  Omit<ComponentProps<"select">, "size" | "children" | "value" | "defaultValue" | "onChange" | "multiple"> & {
    options: readonly SelectOption<Value>[];
    /** The chosen option; `null` shows the placeholder. */
    value: Value | null;
    onChange: (value: Value) => void;
    /** What stands there before anything is chosen; cannot be chosen itself. */
    placeholder?: string;
  };

/** One of a few, by the browser's own list: right with every keyboard, telephone and screen reader. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, hint, error, options, value, onChange, placeholder, id: given, className, ...select } = props;
  const made = useId();
  const id = given ?? made;
  return (
    <Field id={id} required={select.required} label={label} hint={hint} error={error}>
      <SelectFrame>
        <select
          {...select}
          id={id}
          className={classNames(controlClass, className)}
          value={value ?? ""}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen !== undefined) onChange(chosen.value);
          }}
          {...describedBy(id, { hint, error })}
        >
          {value === null && (
            <option value="" disabled>
              {placeholder ?? ""}
            </option>
          )}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
      </SelectFrame>
    </Field>
  );
}
