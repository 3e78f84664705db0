import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "../class-names.ts";
import { Icon } from "../icon/icon.tsx";
import styles from "./icon-button.module.css";

export type IconButtonProps = Omit<ComponentProps<"button">, "children" | "aria-label" | "title"> & {
  icon: LucideIcon;
  /** What it does, as a verb: read aloud, and shown when the pointer rests on it. */
  label: string;
};

/** A button that is only an icon, for what everyone knows (undo, close) and where space is dear. */
export function IconButton({ icon, label, className, type = "button", ...rest }: IconButtonProps) {
  return (
    <button {...rest} type={type} className={classNames(styles.button, className)} aria-label={label} title={label}>
      <Icon as={icon} />
    </button>
  );
}
