import { useSyncExternalStore } from "react";

/** The part of the address after the page's own, with its `#`: what one would send to a colleague. */
export function useHash(): string {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener("hashchange", listener);
      return () => window.removeEventListener("hashchange", listener);
    },
    () => location.hash,
    () => "",
  );
}
