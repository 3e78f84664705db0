import { useRef, useState } from "react";
import { Button, type ButtonProps } from "../button/button.tsx";
import { Select, type SelectProps } from "../select/select.tsx";
import styles from "./select-action.module.css";

export type SelectActionProps<Value extends string> = Pick<
  SelectProps<Value>,
  "label" | "options" | "placeholder" | "disabled"
> & {
  /** A verb: what is done with what was chosen. */
  action: string;
  /** Read aloud for both, where several stand on a page; begins with the verb. */
  name?: string;
  icon?: ButtonProps["icon"];
  busy?: boolean;
  /** Nothing is chosen any more when it resolves with true. */
  onAct: (value: Value) => Promise<boolean>;
};

/** One of a few, and a button that does something with it: arrow keys go through the list without doing what they pass by. */
export function SelectAction<Value extends string>(props: SelectActionProps<Value>) {
  const { action, name, icon, busy = false, disabled = false, onAct, ...select } = props;
  const [wanted, setWanted] = useState<Value | null>(null);
  const list = useRef<HTMLSelectElement>(null);
  const chosen = select.options.some(({ value }) => value === wanted) ? wanted : null;
  const act = async () => {
    if (chosen === null || !(await onAct(chosen))) return;
    // The button goes out, and must not take the focus with it.
    list.current?.focus({ preventScroll: true });
    setWanted(null);
  };
  return (
    <div className={styles.line}>
      <Select {...select} ref={list} aria-label={name} value={chosen} onChange={setWanted} disabled={disabled} />
      <Button
        {...(icon && { icon })}
        aria-label={name}
        busy={busy}
        disabled={disabled || chosen === null}
        onClick={() => void act()}
      >
        {action}
      </Button>
    </div>
  );
}
