import { useEffect } from "react";
import { offerKey } from "./offer-key.ts";

/** Listens for the two keys of an offer, while there is one. */
export function useOfferKeys(accept: () => void, refuse: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const focused = document.activeElement;
      const meaning = offerKey({
        key: event.key,
        repeat: event.repeat,
        ctrlKey: event.ctrlKey,
        altKey: event.altKey,
        metaKey: event.metaKey,
        tag: focused?.tagName.toLowerCase() ?? "body",
        type: focused instanceof HTMLInputElement ? focused.type : "",
        dialogOpen: document.querySelector("dialog[open]") !== null,
      });
      if (meaning === null) return;
      event.preventDefault();
      if (meaning === "accept") accept();
      else refuse();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [accept, refuse]);
}
