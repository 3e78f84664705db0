import { X } from "lucide-react";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { classNames } from "../class-names.ts";
import { IconButton } from "../icon-button/icon-button.tsx";
import { useUiText } from "../texts/ui-language.tsx";
import styles from "./toast-region.module.css";
import { currentToasts, dismissToast, onToasts, type Toast, toastMs } from "./toasts.ts";

/** Where toasts appear: once, near the root of an app. A screen reader hears each when it has time. */
export function ToastRegion() {
  const text = useUiText();
  const toasts = useSyncExternalStore(onToasts, currentToasts, currentToasts);
  return (
    <section className={styles.region} aria-label={text("messages")} aria-live="polite">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const text = useUiText();
  const [held, setHeld] = useState(false);
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (held) return;
    const leaving = setTimeout(
      () => dismissToast(toast.id),
      toast.action === null ? toastMs.plain : toastMs.withAction,
    );
    return () => clearTimeout(leaving);
  }, [held, toast]);
  const { action } = toast;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: resting on it only keeps it there
    <div
      ref={card}
      className={classNames(styles.toast, toast.kind === "error" && styles.error)}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p className={styles.words}>{toast.message}</p>
      {action !== null && (
        <button
          type="button"
          className={styles.action}
          onClick={() => {
            dismissToast(toast.id);
            action.onSelect();
          }}
        >
          {action.label}
        </button>
      )}
      <IconButton icon={X} label={text("dismiss")} onClick={() => dismissToast(toast.id)} />
    </div>
  );
}
