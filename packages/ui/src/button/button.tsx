import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { Icon } from "../icon/icon.tsx";
import { Key } from "../key/key.tsx";
import { Spinner } from "../loading/loading.tsx";
import styles from "./button.module.css";

export type ButtonProps = Omit<ComponentProps<"button">, "children"> & {
  /** A verb. */
  children: ReactNode;
  /** One primary button a view; `danger` for what cannot be undone; `quiet` has no edge until it is touched. */
  kind?: "primary" | "secondary" | "danger" | "quiet";
  /** `large` (44 px) for what must not be missed, like Accept and Refuse. */
  size?: "normal" | "large";
  icon?: LucideIcon;
  /** The key that does the same, as `KeyboardEvent.key` names it; shown, and told to screen readers. The owner listens for it. */
  keyHint?: string;
  /** The work has begun: a spinner, and further presses do nothing. The button keeps its place, its width and the focus. */
  busy?: boolean;
  /** Takes the whole width that there is. */
  wide?: boolean;
};

/** A button. Never submits a form unless `type="submit"` says so. */
export function Button(props: ButtonProps) {
  const { children, kind = "secondary", size = "normal", icon, keyHint, busy = false, wide = false } = props;
  const { className, onClick, type = "button", ...rest } = withoutOwn(props);
  return (
    <button
      {...rest}
      type={busy ? "button" : type}
      className={classNames(styles.button, styles[kind], styles[size], wide && styles.wide, className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      aria-keyshortcuts={keyHint}
      onClick={busy ? undefined : onClick}
    >
      {busy ? <Spinner /> : icon && <Icon as={icon} size={size === "large" ? 20 : 16} />}
      <span className={styles.label}>{children}</span>
      {keyHint !== undefined && <Key name={keyHint} />}
    </button>
  );
}

/** What belongs to the element itself, and not to our own way of drawing it. */
function withoutOwn(props: ButtonProps): ComponentProps<"button"> {
  const {
    children: _,
    kind: _kind,
    size: _size,
    icon: _icon,
    keyHint: _keyHint,
    busy: _busy,
    wide: _wide,
    ...rest
  } = props;
  return rest;
}
