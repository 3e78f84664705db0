import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useStore } from "zustand";
import type { UsePlaces } from "./command-palette.tsx";
import { createOfferedCommands, OfferedCommandsContext } from "./offered-commands.ts";

const Palette = lazy(() => import("./command-palette.tsx").then(({ CommandPalette }) => ({ default: CommandPalette })));

/** Lets what is inside offer commands, and shows them all at Ctrl-K (⌘-K), also while something is typed. */
export function Commands({ usePlaces, children }: { usePlaces: UsePlaces; children: ReactNode }) {
  const [offered] = useState(createOfferedCommands);
  const open = useStore(offered.store, (state) => state.open);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isOurs = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!isOurs || event.key.toLowerCase() !== "k") return;
      // The browser's own meaning of it is never wanted here.
      event.preventDefault();
      const shown = offered.store.getState().open;
      // Above another sheet there is nothing to be done elsewhere.
      if (shown || !document.querySelector("dialog[open]")) offered.open(!shown);
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, [offered]);
  return (
    <OfferedCommandsContext value={offered}>
      {children}
      {open && (
        <Suspense>
          <Palette usePlaces={usePlaces} onClose={() => offered.open(false)} />
        </Suspense>
      )}
    </OfferedCommandsContext>
  );
}
