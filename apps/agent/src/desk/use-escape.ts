import { useEffect } from "react";
import { offerKey } from "./offer-key.ts";
import { pressOf } from "./use-offer-keys.ts";

/** Listens for Escape where neither what has the focus nor a list that is open above has a use of its own for it. */
export function useEscape(act: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A list that was opened from the desk closes first; it says that it has.
      if (event.defaultPrevented || document.querySelector("[data-sheet]") !== null) return;
      if (offerKey(pressOf(event)) !== "refuse") return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [act]);
}
