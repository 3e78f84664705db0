import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "../icon/icon.tsx";
import { useUiText } from "../texts/ui-language.tsx";
import styles from "./field.module.css";

export type FieldProps = {
  label: string;
  /** What helps to fill it in; stays visible. */
  hint?: ReactNode;
  /** A sentence that says what is wrong and what to do; a link in it is welcome. */
  error?: ReactNode;
};

/** What every field has around its control: label above, hint and error below, tied together for screen readers. */
export function Field(props: FieldProps & { id: string; required?: boolean | undefined; children: ReactNode }) {
  const { label, hint, error, id, required = false, children } = props;
  const text = useUiText();
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {required && <span className={styles.required}> · {text("required")}</span>}
      </label>
      {children}
      {hint !== undefined && (
        <p className={styles.hint} id={hintId(id)}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p className={styles.error} id={errorId(id)} role="alert">
          <Icon as={CircleAlert} />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}

/** The class of a control inside a `Field`: edge, height, ground, and how it shows focus and error. */
export const controlClass = styles.control;

/** The attributes by which a control points to its hint and its error. */
export function describedBy(id: string, { hint, error }: Pick<FieldProps, "hint" | "error">) {
  const ids = [hint !== undefined && hintId(id), error !== undefined && errorId(id)].filter((each) => each !== false);
  return {
    "aria-describedby": ids.length > 0 ? ids.join(" ") : undefined,
    "aria-invalid": error !== undefined || undefined,
  };
}

function hintId(id: string): string {
  return `${id}-hint`;
}

function errorId(id: string): string {
  return `${id}-error`;
}
