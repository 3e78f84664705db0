import { type ComponentProps, useId } from "react";
import { classNames } from "../class-names.ts";
import { controlClass, describedBy, Field, type FieldProps } from "../field/field.tsx";
import styles from "./text-area.module.css";

export type TextAreaProps = FieldProps & Omit<ComponentProps<"textarea">, "children">;

/** Several lines of text; grows with what is written where the browser can. */
export function TextArea({ label, hint, error, id: given, className, ...area }: TextAreaProps) {
  const made = useId();
  const id = given ?? made;
  return (
    <Field id={id} required={area.required} label={label} hint={hint} error={error}>
      <textarea
        rows={2}
        {...area}
        id={id}
        className={classNames(controlClass, styles.area, className)}
        {...describedBy(id, { hint, error })}
      />
    </Field>
  );
}
