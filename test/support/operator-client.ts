import { type AgentView, realtime, type ServerMessage } from "@cordboard/api";
import { io } from "socket.io-client";
import type { Account } from "./installation.ts";
import { PATIENCE_MS, until } from "./until.ts";

/** An operator's agent without a screen: signs in, stays connected, sees the view and answers offers. */
export interface OperatorClient {
  readonly operatorId: string;
  view(): AgentView;
  accept(): Promise<Response>;
  refuse(): Promise<Response>;
  ready(): Promise<Response>;
  post(path: string, body?: object): Promise<Response>;
  put(path: string, body?: object): Promise<Response>;
  get(path: string): Promise<Response>;
  del(path: string): Promise<Response>;
  chooseTelephone(number: string, takeOver?: boolean): Promise<Response>;
  signOut(): Promise<void>;
  waitFor(holds: (view: AgentView) => boolean, what: string, ms?: number): Promise<AgentView>;
  /** The browser vanishes: no sign-out, no word. */
  disconnect(): void;
  connect(): void;
}

export async function signInOperator(url: string, account: Account, telephone: string): Promise<OperatorClient> {
  const headers = { "content-type": "application/json", "x-cordboard": "test", origin: url };
  const begun = await fetch(`${url}/api/desk/session`, {
    method: "POST",
    headers,
    body: JSON.stringify({ code: account.code, password: account.password }),
  });
  const signedIn = (await begun.json()) as {
    view: AgentView;
    choices: { telephones: { telephoneId: string; name: string }[] };
  };
  if (!begun.ok) throw new Error(JSON.stringify(signedIn));
  const cookie = begun.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  let view = signedIn.view;
  /** Those who wait see every view: the next may be there before they look again. */
  const watchers = new Set<(view: AgentView) => void>();
  const take = (newer: AgentView) => {
    if (newer.seq < view.seq) return;
    view = newer;
    for (const watch of watchers) watch(view);
  };
  /** As the agent does: a server that is not there just now is asked again. */
  const send = async (method: string, path: string, body: object = {}) => {
    const request = {
      method,
      headers: { ...headers, cookie },
      ...(method !== "GET" && { body: JSON.stringify(body) }),
    };
    // Whole: whoever answers may die in the middle of it.
    const ask = async () => {
      const told = await fetch(`${url}${path}`, request);
      const { status, headers } = told;
      return new Response(status === 204 ? null : await told.text(), { status, headers });
    };
    const answer = await until(() => ask().catch(() => null), `an answer of ${path}`);
    const copy = answer.clone();
    if (answer.ok && answer.status !== 204) {
      // What is asked of the recording of a conversation is answered without one.
      const said = (await copy.json()) as { view?: AgentView };
      if (said.view) take(said.view);
    }
    return answer;
  };
  const must = async (work: Promise<Response>) => {
    const answer = await work;
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  };
  const choose = (number: string, takeOver = false) => {
    const chosen = signedIn.choices.telephones.find(({ name }) => name.endsWith(number));
    return send("PUT", "/api/desk/telephone", { telephoneId: chosen?.telephoneId, takeOver });
  };
  await must(choose(telephone, true));
  await must(send("PUT", "/api/desk/queues", { queueIds: view.queues.map(({ queueId }) => queueId) }));

  const socket = io(`${url}${realtime.namespace}`, {
    path: realtime.path,
    transports: ["websocket"],
    extraHeaders: { cookie, origin: url },
    reconnectionDelay: 100,
    reconnectionDelayMax: 300,
  });
  socket.on("message", (message: ServerMessage) => {
    if (message.type === "view") take(message.view);
  });
  await until(() => socket.connected, "the agent's socket");
  const offer = () => view.offer?.offerId ?? "none";
  return {
    operatorId: view.operator.operatorId,
    view: () => view,
    accept: () => send("POST", `/api/desk/offers/${offer()}/accept`),
    refuse: () => send("POST", `/api/desk/offers/${offer()}/refuse`),
    ready: () => send("POST", "/api/desk/ready"),
    post: (path, body) => send("POST", path, body),
    put: (path, body) => send("PUT", path, body),
    get: (path) => send("GET", path),
    del: (path) => send("DELETE", path),
    chooseTelephone: choose,
    async signOut() {
      await must(send("DELETE", "/api/desk/session"));
      socket.disconnect();
    },
    async waitFor(holds, what, ms = PATIENCE_MS) {
      let met: AgentView | null = null;
      const watch = (one: AgentView) => {
        if (holds(one)) met ??= one;
      };
      watch(view);
      watchers.add(watch);
      try {
        return await until(() => met, what, { ms, say: () => JSON.stringify(view, null, 1) });
      } finally {
        watchers.delete(watch);
      }
    },
    disconnect: () => void socket.disconnect(),
    connect: () => void socket.connect(),
  };
}
