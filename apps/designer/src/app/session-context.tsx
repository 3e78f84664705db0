import {
  type Access,
  type ApiClient,
  isAllowed,
  isLimitedAllowed,
  type Resource,
  type SignedInUser,
} from "@cordboard/api";
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Session, SessionState } from "./session.ts";

/** Gives the session to everything inside. */
export const SessionContext = createContext<Session | null>(null);

/** The session itself; most want `useApi` or `useSignedIn`. */
export function useSession(): { readonly session: Session; readonly state: SessionState } {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("bug: no SessionContext around this");
  return { session, state: useSyncExternalStore(session.subscribe, session.getState) };
}

/** The typed client of the REST interface. */
export function useApi(): ApiClient {
  return useSession().session.api;
}

/** Who is signed in. Only inside pages, which are not drawn without. */
export function useSignedIn(): SignedInUser {
  const { who } = useSession().state;
  if (who === null) throw new Error("bug: a page is drawn and nobody is signed in");
  return who;
}

/** Whether who is signed in may: their role, and the queues that they are limited to. */
export function useMay(): (access: Access, resource: Resource) => boolean {
  const { role, queueIds } = useSignedIn();
  return (access, resource) =>
    isAllowed(role, access, resource) && (queueIds === null || isLimitedAllowed(access, resource));
}
