import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "../class-names.ts";
import styles from "./checkbox.module.css";

export type CheckboxProps = Omit<ComponentProps<"input">, "type" | "size" | "children"> & {
  label: ReactNode;
  /** Stands at the right end of the row, like the callers who wait; also described to screen readers. */
  detail?: ReactNode;
  /** One sentence below it. */
  hint?: ReactNode;
};

/** Something that is so or not. The whole row can be pressed. */
export function Checkbox({ label, detail, hint, id: given, className, ...input }: CheckboxProps) {
  const made = useId();
  const id = given ?? made;
  const detailId = `${id}-detail`;
  const hintId = `${id}-hint`;
  const describedBy = [
    input["aria-describedby"],
    detail === undefined ? undefined : detailId,
    hint === undefined ? undefined : hintId,
  ]
    .filter((part) => part !== undefined)
    .join(" ");
  const row = (
    <div className={classNames(styles.row, hint === undefined && className)}>
      <label className={styles.label} htmlFor={id}>
        <input {...input} id={id} type="checkbox" className={styles.box} aria-describedby={describedBy || undefined} />
        <span className={styles.words}>{label}</span>
      </label>
      {detail !== undefined && (
        <span className={styles.detail} id={detailId}>
          {detail}
        </span>
      )}
    </div>
  );
  if (hint === undefined) return row;
  return (
    <div className={className}>
      {row}
      <p className={styles.hint} id={hintId}>
        {hint}
      </p>
    </div>
  );
}
