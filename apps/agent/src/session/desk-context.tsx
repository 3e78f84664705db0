import { useNow } from "@cordboard/ui";
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import type { Ring } from "../alerts/create-ring.ts";
import type { InFront } from "../alerts/in-front.ts";
import type { Updates } from "../offline/updates.ts";
import { quietSoftphone, type SoftphoneState } from "../softphone/softphone-state.ts";
import type { SoftphoneHere } from "../softphone/start-softphone.ts";
import type { Desk } from "./create-desk.ts";
import type { DeskState } from "./desk-state.ts";

/** What the screens are given. */
export interface Session {
  readonly desk: Desk;
  readonly ring: Ring;
  readonly inFront: InFront;
  readonly updates: Updates;
  /** Null: that part of the program has not been fetched yet. */
  readonly softphone: SoftphoneHere | null;
}

const Context = createContext<Session | null>(null);

/** Gives the screens inside the operator's session, the ring, whether somebody looks, and newer versions. */
export function DeskContext({ children, ...session }: Session & { readonly children: ReactNode }) {
  return <Context value={session}>{children}</Context>;
}

/** The session's commands and its state now; draws again when the state changes. */
export function useDesk(): Session & { readonly state: DeskState } {
  const session = useContext(Context);
  if (session === null) throw new Error("useDesk is used outside of DeskContext");
  const { desk } = session;
  const state = useSyncExternalStore(desk.subscribe, desk.getState, desk.getState);
  return { ...session, state };
}

const neverChanges = () => () => {};

/** The browser as a telephone, and how it is now; draws again when that changes. */
export function useSoftphone(): { readonly softphone: SoftphoneHere | null; readonly shown: SoftphoneState } {
  const { softphone } = useDesk();
  const state = softphone?.getState ?? (() => quietSoftphone);
  return { softphone, shown: useSyncExternalStore(softphone?.subscribe ?? neverChanges, state, state) };
}

/** The server's time as far as this browser knows it, milliseconds since 1970, moving on every `everyMs`. */
export function useServerNow(everyMs = 1000): number {
  const { state } = useDesk();
  return useNow(everyMs) + state.clockOffsetMs;
}
