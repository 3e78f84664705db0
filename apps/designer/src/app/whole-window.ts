import { createContext, useContext, useLayoutEffect } from "react";

/** Tells the shell that the page wants the whole window. */
export const WholeWindowContext = createContext<(wanted: boolean) => void>(() => undefined);

/**
 * Takes the whole window for as long as the caller is drawn: the navigation folds away behind the menu button. Said by the page and not
 * found by `:has()` in a style, which the browser would look for again at every change of a large drawing.
 */
export function useWholeWindow(): void {
  const take = useContext(WholeWindowContext);
  useLayoutEffect(() => {
    take(true);
    return () => take(false);
  }, [take]);
}
