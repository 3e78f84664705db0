import { useEffect } from "react";
import { offerKey, type Press } from "./offer-key.ts";

/** Listens for the two keys of an offer, while there is one. */
export function useOfferKeys(accept: () => void, refuse: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const meaning = offerKey(pressOf(event));
      if (meaning === null) return;
      event.preventDefault();
      if (meaning === "accept") accept();
      else refuse();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [accept, refuse]);
}

/** A key press with where it falls. */
export function pressOf({ key, repeat, ctrlKey, altKey, metaKey }: KeyboardEvent): Press {
  const focused = document.activeElement;
  return {
    ...{ key, repeat, ctrlKey, altKey, metaKey },
    tag: focused?.tagName.toLowerCase() ?? "body",
    type: focused instanceof HTMLInputElement ? focused.type : "",
    dialogOpen: document.querySelector("dialog[open]") !== null,
  };
}
