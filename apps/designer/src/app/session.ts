import {
  type ApiClient,
  type ApiProblem,
  type ApiResult,
  createClient,
  type ScreenLanguage,
  type SignedInUser,
} from "@cordboard/api";
import type { ProviderTicket } from "@cordboard/ui";
import { createStore } from "zustand/vanilla";

/**
 * `loading`: the server is asked who is signed in here. `expired`: somebody was, and signs in again in place; what they were doing stays
 * on the screen, and requests that were refused meanwhile wait for it.
 */
export type SessionPhase = "loading" | "unreachable" | "signedOut" | "signedIn" | "expired";

export interface SessionState {
  readonly phase: SessionPhase;
  /** Who is signed in, or was until the session expired. */
  readonly who: SignedInUser | null;
}

export interface Credentials {
  readonly company?: string;
  readonly email: string;
  readonly password: string;
}

/** Who uses the designer, and the client by which everything asks the server. */
export interface Session {
  readonly api: ApiClient;
  getState(): SessionState;
  subscribe(listener: () => void): () => void;
  /** Asks the server who is signed in. */
  start(): Promise<void>;
  /** `null` when it worked. */
  signIn(credentials: Credentials): Promise<ApiProblem | null>;
  /** Ends a sign-in at the company's identity provider. `null` when it worked. */
  redeem(ticket: ProviderTicket): Promise<ApiProblem | null>;
  signOut(): Promise<void>;
}

/**
 * The session of this page. Its `api` never lets a request fail because the session ran out: it waits until its owner has signed in again,
 * asks once more, and only answers `notSignedIn` when they left instead.
 */
export function createSession(given: {
  readonly fetch: typeof fetch;
  readonly language: () => ScreenLanguage;
  /** Called before somebody else's things could be shown. */
  readonly forget: () => void;
}): Session {
  const store = createStore<SessionState>(() => ({ phase: "loading", who: null }));
  const client = () => createClient({ baseUrl: "", fetch: given.fetch, language: given.language() });
  let waiting: ((signedIn: boolean) => void)[] = [];
  const settle = (signedIn: boolean) => {
    const settled = waiting;
    waiting = [];
    for (const resume of settled) resume(signedIn);
  };
  const signedInAgain = () => new Promise<boolean>((resolve) => waiting.push(resolve));

  const api: ApiClient = {
    async call(id, ...input) {
      const answer = await client().call(id, ...input);
      if (answer.ok || answer.error.code !== "notSignedIn") return answer;
      const { phase, who } = store.getState();
      if (who === null || phase === "signedOut") return answer;
      store.setState({ phase: "expired" });
      return (await signedInAgain()) ? client().call(id, ...input) : answer;
    },
  };

  /** Whoever signs in goes on where they were; somebody else finds nothing of it. */
  const enter = async (asked: Promise<ApiResult<SignedInUser>>): Promise<ApiProblem | null> => {
    const before = store.getState().who;
    const answer = await asked;
    if (!answer.ok) return answer.error;
    const same =
      before?.user.userId === answer.value.user.userId && before.company.companyId === answer.value.company.companyId;
    if (!same) given.forget();
    store.setState({ phase: "signedIn", who: answer.value });
    settle(same);
    return null;
  };

  return {
    api,
    getState: store.getState,
    subscribe: store.subscribe,
    async start() {
      store.setState({ phase: "loading" });
      const answer = await client().call("session.get");
      if (answer.ok) store.setState({ phase: "signedIn", who: answer.value });
      else if (answer.error.status === 0 || answer.error.status >= 500) store.setState({ phase: "unreachable" });
      else store.setState({ phase: "signedOut", who: null });
    },
    signIn: (credentials) => enter(client().call("session.signIn", { body: credentials })),
    redeem: (ticket) => enter(client().call("session.redeem", { body: { ...ticket } })),
    async signOut() {
      await client().call("session.signOut");
      store.setState({ phase: "signedOut", who: null });
      settle(false);
      given.forget();
    },
  };
}
