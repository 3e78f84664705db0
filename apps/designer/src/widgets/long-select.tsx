import { classNames, controlClass, SelectFrame } from "@cordboard/ui";
import { type ComponentProps, useState } from "react";

export interface LongOption {
  readonly value: string;
  readonly label: string;
  /** Options with the same heading stand under it. */
  readonly group?: string;
}

type Props = Omit<ComponentProps<"select">, "children" | "onChange" | "value"> & {
  value: string;
  options: readonly LongOption[];
  onChange: (value: string) => void;
};

/**
 * The browser's own list, for hundreds of options (every node of a flow): only the chosen one is there until somebody comes near with
 * pointer or focus. A panel with ten such lists over five hundred nodes would otherwise take a quarter of a second to appear.
 */
export function LongSelect({ options, value, onChange, className, ...select }: Props) {
  const [near, setNear] = useState(false);
  const shown = near ? options : options.filter((option) => option.value === value).slice(0, 1);
  const groups = [...new Set(shown.map(({ group }) => group))];
  return (
    <SelectFrame>
      <select
        {...select}
        className={classNames(controlClass, className)}
        value={value}
        onPointerEnter={() => setNear(true)}
        onFocus={() => setNear(true)}
        onChange={(event) => onChange(event.target.value)}
      >
        {groups.map((group) => {
          const inside = shown.filter((option) => option.group === group);
          const list = inside.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ));
          return group === undefined ? (
            list
          ) : (
            <optgroup key={group} label={group}>
              {list}
            </optgroup>
          );
        })}
      </select>
    </SelectFrame>
  );
}
