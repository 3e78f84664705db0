import { createContext, useContext, useEffect } from "react";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Command } from "./command.ts";

/** What can be done now, by who offers it: a page offers its commands for as long as it is drawn. */
export interface OfferedCommands {
  readonly store: StoreApi<{ readonly open: boolean; readonly commands: readonly Command[] }>;
  /** Returns what takes them back. */
  offer(commands: readonly Command[]): () => void;
  open(open: boolean): void;
}

export function createOfferedCommands(): OfferedCommands {
  const offers = new Set<readonly Command[]>();
  const store = createStore<{ open: boolean; commands: readonly Command[] }>(() => ({ open: false, commands: [] }));
  const changed = () => store.setState({ commands: [...offers].flat() });
  return {
    store,
    offer(commands) {
      offers.add(commands);
      changed();
      return () => {
        offers.delete(commands);
        changed();
      };
    },
    open: (open) => store.setState({ open }),
  };
}

export const OfferedCommandsContext = createContext<OfferedCommands | null>(null);

export function useOfferedCommands(): OfferedCommands {
  const offered = useContext(OfferedCommandsContext);
  if (offered === null) throw new Error("bug: no OfferedCommandsContext around this");
  return offered;
}

/** Offers commands for as long as the caller is drawn. Give it the same list as long as nothing of it changes. */
export function useOfferCommands(commands: readonly Command[]): void {
  const offered = useOfferedCommands();
  useEffect(() => offered.offer(commands), [offered, commands]);
}
