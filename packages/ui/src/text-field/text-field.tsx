import { type ComponentProps, useId } from "react";
import { classNames } from "../class-names.ts";
import { controlClass, describedBy, Field, type FieldProps } from "../field/field.tsx";
import styles from "./text-field.module.css";

export type TextFieldProps = FieldProps &
  Omit<ComponentProps<"input">, "size" | "children"> & {
    /** What follows the value, like `s`; also read aloud. */
    unit?: string;
  };

/** One line of text. Takes every attribute of an `<input>`; label, hint and error are tied to it. */
export function TextField({ label, hint, error, unit, id: given, className, ...input }: TextFieldProps) {
  const made = useId();
  const id = given ?? made;
  return (
    <Field id={id} required={input.required} label={label} hint={hint} error={error}>
      <span className={styles.line}>
        <input
          {...input}
          id={id}
          className={classNames(controlClass, unit !== undefined && styles.short, className)}
          {...describedBy(id, { hint, error })}
        />
        {unit !== undefined && <span className={styles.unit}>{unit}</span>}
      </span>
    </Field>
  );
}
