import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useId, useRef, useState } from "react";
import { ComboBox, type ComboOption } from "../combo-box/combo-box.tsx";
import { IconButton } from "../icon-button/icon-button.tsx";
import { useUiText } from "../texts/ui-language.tsx";
import styles from "./pick-list.module.css";

export type PickListProps = {
  label: string;
  hint?: string;
  options: readonly ComboOption[];
  /** What is chosen, in its order. An id without an option is shown as it is, and can be taken out. */
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
  /** The order means something: buttons to move up and down. */
  ordered?: boolean;
  /** What the field that adds one asks for. */
  addLabel: string;
  emptyText: string;
};

/** Several of many: what is chosen stands in a list, one more is found by typing. Everything by buttons, so by keyboard too. */
export function PickList(props: PickListProps) {
  const { label, hint, options, value, onChange, ordered = false, addLabel, emptyText } = props;
  const text = useUiText();
  const labelId = useId();
  const list = useRef<HTMLOListElement>(null);
  // The field forgets what was typed once it is added.
  const [added, setAdded] = useState(0);
  const left = options.filter((option) => !value.includes(option.value));
  const nameOf = (id: string) => options.find((option) => option.value === id)?.label ?? id;
  const move = (from: number, to: number) => {
    const moved = value[from];
    if (moved === undefined || to < 0 || to >= value.length) return;
    onChange(value.filter((_, at) => at !== from).toSpliced(to, 0, moved));
    // The focus goes with what was moved.
    requestAnimationFrame(() => {
      const buttons = list.current?.children[to]?.querySelectorAll<HTMLButtonElement>("button:not(:disabled)");
      (to < from ? buttons?.[0] : buttons?.[to === value.length - 1 ? 0 : 1])?.focus();
    });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out like the other fields
    <div role="group" aria-labelledby={labelId} className={styles.group}>
      <span id={labelId} className={styles.label}>
        {label}
      </span>
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      {value.length === 0 ? (
        <p className={styles.hint}>{emptyText}</p>
      ) : (
        <ol ref={list} className={styles.list}>
          {value.map((id, at) => (
            <li key={id} className={styles.item}>
              {ordered && <span className={styles.place}>{at + 1}</span>}
              <span className={styles.name}>{nameOf(id)}</span>
              {ordered && (
                <>
                  <IconButton
                    icon={ArrowUp}
                    label={`${text("moveUp")} · ${nameOf(id)}`}
                    disabled={at === 0}
                    onClick={() => move(at, at - 1)}
                  />
                  <IconButton
                    icon={ArrowDown}
                    label={`${text("moveDown")} · ${nameOf(id)}`}
                    disabled={at === value.length - 1}
                    onClick={() => move(at, at + 1)}
                  />
                </>
              )}
              <IconButton
                icon={X}
                label={`${text("remove")} · ${nameOf(id)}`}
                onClick={() => onChange(value.filter((each) => each !== id))}
              />
            </li>
          ))}
        </ol>
      )}
      {left.length > 0 && (
        <ComboBox
          key={added}
          label={addLabel}
          hideLabel
          placeholder={addLabel}
          options={left}
          value={null}
          onChange={(id) => {
            if (id === null) return;
            onChange([...value, id]);
            setAdded(added + 1);
          }}
        />
      )}
    </div>
  );
}
