import { useEffect, useRef } from "react";

/** The telephone's key that a key of the keyboard stands for, or null. Shortcuts of the browser and typing in a field are left alone. */
export function telephoneKey(pressed: {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
}): string | null {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey || pressed.repeat) return null;
  return /^[0-9*#]$/.test(pressed.key) ? pressed.key : null;
}

/** While `inCall`, the keys 0–9, * and # of the keyboard press those of the caller's telephone. */
export function useCallerKeys(inCall: boolean, press: (key: string) => void): void {
  const latest = useRef(press);
  latest.current = press;
  useEffect(() => {
    if (!inCall) return;
    const onKey = (event: KeyboardEvent) => {
      const inField = event.target instanceof Element && event.target.closest("input, select, textarea") !== null;
      const key = inField ? null : telephoneKey(event);
      if (key !== null) latest.current(key);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [inCall]);
}
