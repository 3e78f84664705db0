import { type RefObject, useEffect, useRef } from "react";

/** As `stage` changes, the button that was pressed may go: whoever had it goes on with the first one of `place`, not at the top of the page. */
export function useKeptFocus(place: RefObject<HTMLElement | null>, stage: unknown): void {
  const was = useRef(stage);
  useEffect(() => {
    if (was.current === stage) return;
    was.current = stage;
    if (document.activeElement === document.body)
      place.current?.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }, [place, stage]);
}
