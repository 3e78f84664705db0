import {
  type ApiClient,
  createBoardKeeper,
  createClient,
  type LiveBoard,
  type LiveMessage,
  liveSockets,
} from "@cordboard/api";
import { io, type Socket } from "socket.io-client";
import { answerCommands } from "../measure/worker.ts";

/** What was seen while operators were at work. */
export interface BoardWork {
  readonly commands: number;
  /** Messages with rows, of all boards together. */
  readonly messages: number;
  /** How often a board was read again by REST. */
  readonly readings: number;
  /** From the runtime's clock in a message to its arrival, ms. */
  readonly lateMs: readonly number[];
}

export type BoardCommands = {
  readonly connect: {
    readonly given: {
      readonly url: string;
      readonly email: string;
      readonly password: string;
      readonly operators: number;
    };
    readonly answer: null;
  };
  /** So many boards are open from now on. */
  readonly boards: { readonly given: { readonly count: number }; readonly answer: null };
  /** An operator changes so often, one after the other. From each click until each board shows it, ms. */
  readonly propagate: {
    readonly given: { readonly times: number };
    readonly answer: { readonly ms: readonly number[] };
  };
  /** Operators pause and come back, so many commands a second together. */
  readonly work: {
    readonly given: { readonly perSecond: number; readonly seconds: number };
    readonly answer: BoardWork;
  };
};

interface Board {
  readonly socket: Socket;
  board: LiveBoard | null;
  /** Called with each state that it shows. */
  shown: (board: LiveBoard) => void;
}

const operators: ApiClient[] = [];
const operatorIds: string[] = [];
let boards: Board[] = [];
let address = "";
let cookie = "";
let admin: ApiClient;
let seen = { messages: 0, readings: 0, lateMs: [] as number[] };

async function must<Value>(asked: Promise<{ ok: true; value: Value } | { ok: false; error: { message: string } }>) {
  const answer = await asked;
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const client = () => createClient({ baseUrl: address, fetch, language: "en", keepCookies: true });
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function open(): Promise<Board> {
  const socket = io(`${address}${liveSockets.namespace}`, {
    ...{ path: liveSockets.path, transports: ["websocket"], forceNew: true, extraHeaders: { cookie } },
  });
  const one: Board = { socket, board: null, shown: () => {} };
  const keeper = createBoardKeeper({
    async read() {
      seen.readings += 1;
      return must(admin.call("live.get"));
    },
    show: (board) => {
      one.board = board;
      if (board) one.shown(board);
    },
  });
  socket.on("message", (message: LiveMessage) => {
    keeper.take(message);
    if (message.type !== "changes" || message.operators.length + message.queues.length === 0) return;
    seen.messages += 1;
    seen.lateMs.push(Date.now() - Date.parse(message.now));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  await keeper.refresh();
  return one;
}

answerCommands<BoardCommands>({
  async connect({ url, email, password, operators: count }) {
    address = url;
    admin = client();
    await must(admin.call("session.signIn", { body: { email, password } }));
    const answer = await fetch(`${url}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-cordboard": "1" },
      body: JSON.stringify({ email, password }),
    });
    cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    for (let at = 0; at < count; at += 1) {
      const body = { code: `b${at}`, name: `Operator ${at}`, language: "en", enabled: true } as const;
      operatorIds.push(
        (await must(admin.call("operators.create", { body: { ...body, password: "long enough for it" } }))).operatorId,
      );
    }
    for (const { queueId, ...queue } of (await must(admin.call("queues.list"))).items) {
      await must(admin.call("queues.change", { params: { queueId }, body: { ...queue, operatorIds } }));
    }
    for (let at = 0; at < count; at += 1) {
      const operator = client();
      await must(operator.call("desk.signIn", { body: { code: `b${at}`, password: "long enough for it" } }));
      operators.push(operator);
    }
    return null;
  },
  async boards({ count }) {
    for (const { socket } of boards.splice(count)) socket.disconnect();
    while (boards.length < count) boards = [...boards, await open()];
    return null;
  },
  async propagate({ times }) {
    const ms: number[] = [];
    for (let at = 0; at < times; at += 1) {
      const which = at % operators.length;
      const [operator, operatorId] = [operators[which], operatorIds[which]];
      if (!operator) throw new Error("nobody is signed in");
      const paused = Math.floor(at / operators.length) % 2 === 0;
      const clicked = performance.now();
      const shown = boards.map(
        (one) =>
          new Promise<number>((resolve) => {
            one.shown = ({ operators }) => {
              const row = operators.find((other) => other.operatorId === operatorId);
              if ((row?.state === "paused") === paused) resolve(performance.now() - clicked);
            };
          }),
      );
      await must(paused ? operator.call("desk.pause", { body: { reason: null } }) : operator.call("desk.resume"));
      ms.push(...(await Promise.all(shown)));
    }
    for (const one of boards) one.shown = () => {};
    return { ms };
  },
  async work({ perSecond, seconds }) {
    seen = { messages: 0, readings: 0, lateMs: [] };
    const begun = performance.now();
    const total = perSecond * seconds;
    const asked: Promise<unknown>[] = [];
    for (let at = 0; at < total; at += 1) {
      const due = begun + (at / perSecond) * 1_000;
      const early = due - performance.now();
      if (early > 1) await wait(early);
      const operator = operators[at % operators.length];
      const away = Math.floor(at / operators.length) % 2 === 0;
      if (operator)
        asked.push(away ? operator.call("desk.pause", { body: { reason: null } }) : operator.call("desk.resume"));
    }
    await Promise.all(asked);
    // The last second's message is still to come.
    await wait(1_500);
    return { commands: total, ...seen };
  },
});
