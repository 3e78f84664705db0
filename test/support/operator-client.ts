import { type AgentView, realtime, type ServerMessage } from "@cordboard/api";
import { io } from "socket.io-client";
import type { Account } from "./installation.ts";
import { until } from "./until.ts";

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
  const take = (newer: AgentView) => {
    if (newer.seq >= view.seq) view = newer;
  };
  /** As the agent does: a server that is not there just now is asked again. */
  const send = async (method: string, path: string, body: object = {}) => {
    const request = {
      method,
      headers: { ...headers, cookie },
      ...(method !== "GET" && { body: JSON.stringify(body) }),
    };
    const answer = await until(() => fetch(`${url}${path}`, request).catch(() => null), `an answer of ${path}`);
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
    chooseTelephone: choose,
    async signOut() {
      await must(send("DELETE", "/api/desk/session"));
      socket.disconnect();
    },
    async waitFor(holds, what, ms = 20_000) {
      await until(() => holds(view), what, { ms, say: () => JSON.stringify(view, null, 1) });
      return view;
    },
    disconnect: () => void socket.disconnect(),
    connect: () => void socket.connect(),
  };
}
