import { X } from "lucide-react";
import { type ReactNode, Suspense, useEffect, useId, useLayoutEffect, useRef } from "react";
import { classNames } from "../class-names.ts";
import { IconButton } from "../icon-button/icon-button.tsx";
import { Loading } from "../loading/loading.tsx";
import { useUiText } from "../texts/ui-language.tsx";
import styles from "./dialog.module.css";

export type DialogProps = {
  title: ReactNode;
  children: ReactNode;
  /** Escape, the cross and a press beside it. Without, the dialog cannot be left but by what is in it. */
  onClose?: (() => void) | undefined;
  /** 440, 640 or 960 px wide; never wider than the window. */
  size?: "small" | "normal" | "wide";
  /** Buttons at the bottom, the primary one last. Submit a form from here by its `form` attribute. */
  actions?: ReactNode;
};

/** A sheet above the page, which waits for it. The browser's own dialog: it keeps the focus inside and gives it back. */
export function Dialog({ title, children, onClose, size = "normal", actions }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const text = useUiText();
  useEffect(() => {
    const shown = dialog.current;
    if (!shown) return;
    if (!shown.open) shown.showModal();
    shown.querySelector<HTMLElement>("[autofocus], [data-autofocus]")?.focus();
  }, []);
  // Before it is taken out of the page: one that is out gives the focus back to nobody.
  useLayoutEffect(() => {
    const shown = dialog.current;
    return () => shown?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, and the browser says so by `cancel`
    <dialog
      className={classNames(styles.dialog, styles[size])}
      ref={dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      // A second Escape closes it whatever one says.
      onClose={() => {
        if (dialog.current?.isConnected) dialog.current.showModal();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose?.();
      }}
    >
      <div className={styles.sheet}>
        <header className={styles.header}>
          <h2 className={styles.title} id={titleId}>
            {title}
          </h2>
          {onClose !== undefined && <IconButton icon={X} label={text("dismiss")} onClick={onClose} />}
        </header>
        <div className={styles.body}>
          {/* What it still has to fetch keeps the dialog's own place, not the whole page's. */}
          <Suspense fallback={<Loading />}>{children}</Suspense>
        </div>
        {actions !== undefined && <footer className={styles.actions}>{actions}</footer>}
      </div>
    </dialog>
  );
}
