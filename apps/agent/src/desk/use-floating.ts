import { useCallback, useEffect, useState } from "react";

/** The browser's little window that stays above all others (Document Picture-in-Picture). */
interface PictureInPicture {
  requestWindow(size: { width: number; height: number }): Promise<Window>;
}

export interface Floating {
  /** Opens it; null: this browser has none, or the agent lies in another page's frame. Must be called in a click. */
  readonly open: (() => void) | null;
  readonly close: () => void;
  /** The window, while it is open. */
  readonly home: Window | null;
}

const size = { width: 340, height: 230 };

/** A window above all others for the operator's state and the offered call, for as long as this page is open. */
export function useFloating(): Floating {
  const [home, setHome] = useState<Window | null>(null);
  const open = useCallback(() => {
    void pictureInPicture()
      ?.requestWindow(size)
      .then((opened) => {
        dress(opened.document);
        opened.addEventListener("pagehide", () => setHome(null), { once: true });
        setHome(opened);
      })
      // The browser said no: the agent is what it was.
      .catch(() => undefined);
  }, []);
  const close = useCallback(() => home?.close(), [home]);
  useEffect(() => () => home?.close(), [home]);
  return { open: pictureInPicture() ? open : null, close, home };
}

function pictureInPicture(): PictureInPicture | undefined {
  if (typeof window === "undefined" || window.parent !== window) return undefined;
  return Reflect.get(window, "documentPictureInPicture") as PictureInPicture | undefined;
}

/** Gives the window our language, appearance and styles: it begins as an empty page. */
function dress(page: Document): void {
  const ours = document.documentElement;
  for (const { name, value } of ours.attributes) page.documentElement.setAttribute(name, value);
  for (const sheet of document.querySelectorAll('style, link[rel="stylesheet"]')) {
    page.head.append(page.importNode(sheet, true));
  }
}
