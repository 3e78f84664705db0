import { type AgentView, type ApiClient, createClient, realtime, type ServerMessage } from "@cordboard/api";
import { io, type Socket } from "socket.io-client";
import { answerCommands } from "../measure/worker.ts";
import { type HeldCall, holdCall } from "./held-call.ts";
import type { Target } from "./played-call.ts";

/** What was seen of one way to tell one agent, while all are connected. */
export interface Told {
  readonly ms: readonly number[];
  /** Processor time of the generator, per second. */
  readonly generatorCores: number;
}

/** What operators saw who signed in together. */
export interface SignedIn {
  /** From the first click to the last agent that shows its queues, ms. */
  readonly allMs: number;
  /** From an operator's click to the agent that shows its queues, ms, with what it had to be tried again. */
  readonly ms: readonly number[];
  /** How often somebody was asked to try again. */
  readonly again: number;
  readonly generatorCores: number;
}

export type AgentsCommands = {
  /** There are so many operators, all in the queues of the company. */
  readonly create: {
    readonly given: {
      readonly url: string;
      readonly email: string;
      readonly password: string;
      readonly operators: number;
    };
    readonly answer: null;
  };
  /** All of them sign in and connect, so many at a time; those for whom there are telephones may be offered calls. */
  readonly signIn: {
    readonly given: {
      readonly atOnce: number;
      /** The port of the bare socket.io server, to which as many connect afterwards. */
      readonly floorPort: number;
    };
    readonly answer: SignedIn;
  };
  /** So many calls, one after the other: each is offered to somebody, who accepts it. From the click to the answer that has the script opened. */
  readonly accepts: {
    readonly given: { readonly target: Target; readonly to: string; readonly calls: number };
    readonly answer: Told;
  };
  /** As often one of those who are connected says something, which is sent to all. From saying it to hearing it. */
  readonly broadcasts: { readonly given: { readonly times: number }; readonly answer: Told };
};

const PASSWORD = "long enough for it";
/** Creating an operator costs the runtime a hash of the password. */
const AT_ONCE = 4;
const PATIENCE_MS = 30_000;
/** A call centre that cannot decide just now is asked again, as agents do. */
const AGAIN_MS = 1_000;
const MOST_TRIES = 120;

interface Agent {
  readonly api: ApiClient;
  view: AgentView;
}

const offered: Agent[] = [];
const floor: Socket[] = [];
let calls = 0;
let address = "";
let count = 0;
let queueIds: string[] = [];

type Answer<Value> = { ok: true; value: Value } | { ok: false; error: { code: string; message: string } };

async function must<Value>(asked: Promise<Answer<Value>>): Promise<Value> {
  const answer = await asked;
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

async function insist<Value>(ask: () => Promise<Answer<Value>>): Promise<Value> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer.ok) return answer.value;
    if (performance.now() > end) throw new Error(answer.error.message);
    await wait(AGAIN_MS);
  }
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until<Found>(find: () => Found | null | undefined | false, what: string): Promise<Found> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = find();
    if (found) return found;
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await wait(2);
  }
}

/** Does it for all, some at a time. */
async function forEach(count: number, atOnce: number, work: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  const one = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

const connected = (socket: Socket) =>
  new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });

/** Measures what it costs this process too. */
async function told(times: number, one: () => Promise<number>): Promise<Told> {
  const [began, used] = [performance.now(), process.cpuUsage()];
  const ms: number[] = [];
  for (let at = 0; at < times; at += 1) ms.push(await one());
  const { user, system } = process.cpuUsage(used);
  return { ms, generatorCores: (user + system) / 1_000 / (performance.now() - began) };
}

async function acceptOne(target: Target, to: string): Promise<number> {
  calls += 1;
  const numbers = { callSid: `${process.pid}-accept-${calls}`, from: `+336399${String(calls).padStart(5, "0")}`, to };
  let held: HeldCall | null = null;
  void holdCall(target, numbers).then((call) => {
    held = call;
  });
  const { agent, offerId } = await until(() => {
    const agent = offered.find(({ view }) => view.offer !== null);
    return agent?.view.offer && { agent, offerId: agent.view.offer.offerId };
  }, "an offer");
  const clicked = performance.now();
  agent.view = (await must(agent.api.call("desk.accept", { params: { offerId } }))).view;
  const ms = performance.now() - clicked;
  (await until(() => held, "the call to be up")).end();
  await until(() => agent.view.offer === null && agent.view.call === null, "the call to be over");
  if (agent.view.state === "wrapUp") await must(agent.api.call("desk.ready"));
  if (agent.view.state === "paused") await must(agent.api.call("desk.resume"));
  await until(() => agent.view.state === "available", "the operator to be free again");
  return ms;
}

/** As the agent does it: password, queues, a telephone where there is one, the socket, and its first view. Returns how often it was tried again. */
async function signInAs(at: number): Promise<number> {
  const signIn = () =>
    fetch(`${address}/api/desk/session`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-cordboard": "1" },
      body: JSON.stringify({ code: `b${at}`, password: PASSWORD }),
    });
  let again = 0;
  let signedIn = await signIn();
  while ((signedIn.status === 503 || signedIn.status === 429) && again < MOST_TRIES) {
    again += 1;
    await wait(AGAIN_MS);
    signedIn = await signIn();
  }
  if (!signedIn.ok) throw new Error(await signedIn.text());
  const { view, choices } = (await signedIn.json()) as {
    view: AgentView;
    choices: { telephones: { telephoneId: string }[] };
  };
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const api = createClient({ baseUrl: address, fetch, language: "en", headers: { cookie } });
  const agent: Agent = { api, view };
  await insist(() => api.call("desk.tickQueues", { body: { queueIds } }));
  const telephone = choices.telephones[at];
  if (telephone) {
    const body = { telephoneId: telephone.telephoneId, takeOver: false };
    await insist(() => api.call("desk.chooseTelephone", { body }));
    offered.push(agent);
  }
  const socket = io(`${address}${realtime.namespace}`, {
    ...{ path: realtime.path, transports: ["websocket"], forceNew: true, extraHeaders: { cookie } },
  });
  let shown = () => {};
  const firstView = new Promise<void>((resolve) => {
    shown = resolve;
  });
  socket.on("message", (message: ServerMessage) => {
    if (message.type !== "view") return;
    if (message.view.seq >= agent.view.seq) agent.view = message.view;
    shown();
  });
  await connected(socket);
  await firstView;
  return again;
}

answerCommands<AgentsCommands>({
  async create({ url, email, password, operators }) {
    address = url;
    const admin = createClient({ baseUrl: url, fetch, language: "en", keepCookies: true });
    await must(admin.call("session.signIn", { body: { email, password } }));
    const ids: string[] = [];
    await forEach(operators, AT_ONCE, async (at) => {
      const body = {
        code: `b${at}`,
        name: `Operator ${at}`,
        language: "en",
        enabled: true,
        password: PASSWORD,
      } as const;
      ids.push((await insist(() => admin.call("operators.create", { body }))).operatorId);
    });
    const queues = (await must(admin.call("queues.list"))).items;
    for (const { queueId, ...queue } of queues)
      await must(admin.call("queues.change", { params: { queueId }, body: { ...queue, operatorIds: ids } }));
    queueIds = queues.map(({ queueId }) => queueId);
    count = operators;
    return null;
  },
  async signIn({ atOnce, floorPort }) {
    const ms: number[] = [];
    let again = 0;
    const [began, used] = [performance.now(), process.cpuUsage()];
    await forEach(count, atOnce, async (at) => {
      const clicked = performance.now();
      again += await signInAs(at);
      ms.push(performance.now() - clicked);
    });
    const allMs = performance.now() - began;
    const { user, system } = process.cpuUsage(used);
    await forEach(count, AT_ONCE, async () => {
      const bare = io(`http://127.0.0.1:${floorPort}`, { transports: ["websocket"], forceNew: true });
      floor.push(bare);
      await connected(bare);
    });
    await until(() => offered.every(({ view }) => view.state === "available"), "operators to be free");
    return { allMs, ms, again, generatorCores: (user + system) / 1_000 / allMs };
  },
  accepts: ({ target, to, calls: times }) => told(times, () => acceptOne(target, to)),
  broadcasts: ({ times }) =>
    told(times, async () => {
      const socket = floor[Math.floor(floor.length / 2)];
      if (!socket) throw new Error("nobody is connected");
      const said = performance.now();
      const heard = new Promise<number>((resolve) => socket.once("news", () => resolve(performance.now() - said)));
      // As much as an agent is told of an offer that ends.
      socket.emit("news", { text: "x".repeat(400) });
      return heard;
    }),
});
