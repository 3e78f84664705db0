import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "../class-names.ts";
import styles from "./checkbox.module.css";

export type CheckboxProps = Omit<ComponentProps<"input">, "type" | "size" | "children"> & {
  label: ReactNode;
  /** Stands at the right end of the row, like the callers who wait; also described to screen readers. */
  detail?: ReactNode;
};

/** Something that is so or not. The whole row can be pressed. */
export function Checkbox({ label, detail, id: given, className, ...input }: CheckboxProps) {
  const made = useId();
  const id = given ?? made;
  const detailId = `${id}-detail`;
  return (
    <div className={classNames(styles.row, className)}>
      <label className={styles.label} htmlFor={id}>
        <input
          {...input}
          id={id}
          type="checkbox"
          className={styles.box}
          aria-describedby={detail === undefined ? input["aria-describedby"] : detailId}
        />
        <span className={styles.words}>{label}</span>
      </label>
      {detail !== undefined && (
        <span className={styles.detail} id={detailId}>
          {detail}
        </span>
      )}
    </div>
  );
}
