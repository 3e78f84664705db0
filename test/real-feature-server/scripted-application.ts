import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { silentWav } from "../../apps/runtime/src/telephony/testing/silent-wav.ts";
import { until } from "../support/until.ts";

export interface Told {
  readonly socket: number;
  readonly path: string;
  readonly type: string;
  readonly msgid: string;
  readonly hook?: string;
  readonly call_sid?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An application that does what the test says: for what the session code does by itself, whatever ours would make of it. */
export interface ScriptedApplication {
  readonly callHook: string;
  /** Audio that plays for this long. */
  audio(ms: number): string;
  readonly told: Told[];
  /** What hooks are acked with, by path; others with nothing. `null`: not at all. */
  readonly answers: Map<string, readonly object[] | null>;
  /** The next message like this that was not taken yet. */
  next(
    what: {
      type: string;
      hook?: string;
      status?: string;
      event?: string;
      socket?: number;
      sid?: string;
      name?: string;
    },
    ms?: number,
  ): Promise<Told>;
  command(socket: number, command: string, data: unknown, callSid?: string): void;
  ack(message: Told, data: unknown): void;
  cut(socket: number): void;
  isOpen(socket: number): boolean;
  sockets(): number;
  close(): Promise<void>;
}

export async function startScriptedApplication(): Promise<ScriptedApplication> {
  const told: Told[] = [];
  const taken = new Set<Told>();
  const sockets: WebSocket[] = [];
  const answers = new Map<string, readonly object[] | null>([
    ["session:new", [{ verb: "config", notifyEvents: true }]],
  ]);
  const server: Server = createServer((request, response) => {
    const ms = Number(/\/(\d+)\.wav/.exec(request.url ?? "")?.[1] ?? 100);
    response.setHeader("content-type", "audio/wav").end(silentWav(ms));
  });
  const acceptor = new WebSocketServer({ server, handleProtocols: () => "ws.jambonz.org" });
  const ack = (socket: number, msgid: string, data: unknown) =>
    sockets[socket - 1]?.send(JSON.stringify({ type: "ack", msgid, data }));
  acceptor.on("connection", (socket, request) => {
    const number = sockets.push(socket);
    socket.on("message", (text) => {
      const message = { socket: number, path: request.url ?? "", ...JSON.parse(String(text)) } as Told;
      told.push(message);
      const key = message.hook ?? message.type;
      if (["call:status", "verb:status", "jambonz:error"].includes(message.type)) return;
      const answer = answers.get(key);
      if (answer !== null) ack(number, message.msgid, answer ?? []);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    callHook: `ws://127.0.0.1:${port}/call`,
    audio: (ms) => `http://127.0.0.1:${port}/${ms}.wav`,
    told,
    answers,
    next(what, ms = 5_000) {
      const fits = (one: Told) =>
        !taken.has(one) &&
        one.type === what.type &&
        (what.hook === undefined || one.hook === what.hook) &&
        (what.status === undefined || one.data.call_status === what.status) &&
        (what.event === undefined || one.data.event === what.event) &&
        (what.name === undefined || one.data.name === what.name) &&
        (what.socket === undefined || one.socket === what.socket) &&
        (what.sid === undefined || one.data.call_sid === what.sid);
      return until(
        () => {
          const found = told.find(fits);
          if (found) taken.add(found);
          return found;
        },
        JSON.stringify(what),
        {
          ms,
          say: () =>
            told
              .map(
                ({ socket, type, hook, data }) =>
                  `#${socket} ${type} ${hook ?? ""} ${JSON.stringify(data).slice(0, 200)}`,
              )
              .join("\n"),
        },
      );
    },
    command: (socket, command, data, callSid) =>
      sockets[socket - 1]?.send(JSON.stringify({ type: "command", command, data, ...(callSid && { callSid }) })),
    ack: (message, data) => ack(message.socket, message.msgid, data),
    cut: (socket) => sockets[socket - 1]?.terminate(),
    isOpen: (socket) => sockets[socket - 1]?.readyState === 1,
    sockets: () => sockets.length,
    async close() {
      for (const socket of sockets) socket.terminate();
      acceptor.close();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
