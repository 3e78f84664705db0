import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useId, useState } from "react";
import { classNames } from "../class-names.ts";
import { controlClass, describedBy, Field, type FieldProps } from "../field/field.tsx";
import { IconButton } from "../icon-button/icon-button.tsx";
import { useUiText } from "../texts/ui-language.tsx";
import styles from "./password-field.module.css";

export type PasswordFieldProps = FieldProps & Omit<ComponentProps<"input">, "size" | "children" | "type">;

/** A password that its owner can look at. `autoComplete` is `current-password`; say `new-password` where one is chosen. */
export function PasswordField({ label, hint, error, id: given, className, ...input }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  const made = useId();
  const id = given ?? made;
  const text = useUiText();
  return (
    <Field id={id} required={input.required} label={label} hint={hint} error={error}>
      <span className={styles.line}>
        <input
          autoComplete="current-password"
          autoCapitalize="none"
          spellCheck={false}
          {...input}
          id={id}
          type={shown ? "text" : "password"}
          className={classNames(controlClass, styles.input, className)}
          {...describedBy(id, { hint, error })}
        />
        <IconButton
          className={styles.eye}
          icon={shown ? EyeOff : Eye}
          label={text(shown ? "hidePassword" : "showPassword")}
          aria-controls={id}
          disabled={input.disabled}
          onClick={() => setShown(!shown)}
        />
      </span>
    </Field>
  );
}
