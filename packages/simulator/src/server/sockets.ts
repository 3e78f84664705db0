import { WebSocket } from "ws";
import type { Input, Output } from "../core/types.ts";
import type { Mouths, OpenMouth } from "./mouths.ts";
import { failureOf } from "./web-requests.ts";

type Connect = Extract<Output, { kind: "connect" }>;
type Stream = Extract<Output, { kind: "stream" }>;

/** The sockets that the core has asked for, over `ws`. */
export interface Sockets {
  connect(order: Connect): void;
  send(socket: string, text: string): void;
  close(socket: string, code: number): void;
  abandon(socket: string): void;
  stream(order: Stream): void;
  /** Closes all with 1001, as a server that stops does, and cuts those that do not answer within `graceMs`. */
  closeAll(graceMs: number): Promise<void>;
}

interface AudioPump {
  stop(): void;
}

/** Opens the core's sockets and tells it what happens on them. */
export function createSockets(feed: (input: Input) => void, mouths: Mouths): Sockets {
  const open = new Map<string, WebSocket>();
  const pumps = new Map<string, AudioPump>();

  const forget = (socket: string): void => {
    open.delete(socket);
    pumps.get(socket)?.stop();
    pumps.delete(socket);
  };

  const connect = ({ socket, url, protocol, headers }: Connect): void => {
    const client = tryToConnect(url, protocol, headers);
    if (!(client instanceof WebSocket)) {
      setImmediate(() => feed({ kind: "socketFailed", socket, ...client }));
      return;
    }
    let opened = false;
    let told = false;
    const fail = (input: Input): void => {
      if (told || !open.has(socket)) return;
      told = true;
      forget(socket);
      feed(input);
    };
    open.set(socket, client);
    client.on("open", () => {
      opened = true;
      if (open.has(socket)) feed({ kind: "socketOpened", socket });
    });
    client.on("message", (data) => {
      if (open.has(socket)) feed({ kind: "socketMessage", socket, text: data.toString() });
    });
    client.on("unexpected-response", (_request, response) => {
      fail({ kind: "upgradeRefused", socket, status: response.statusCode ?? 0, reason: response.statusMessage ?? "" });
      client.terminate();
    });
    client.on("error", (error) => {
      if (!opened) fail({ kind: "socketFailed", socket, ...failureOf(error) });
    });
    client.on("close", (code) => {
      if (opened) fail({ kind: "socketClosed", socket, code });
    });
  };

  return {
    connect,
    send: (socket, text) => {
      const client = open.get(socket);
      if (client?.readyState === WebSocket.OPEN) client.send(text);
    },
    close: (socket, code) => {
      const client = open.get(socket);
      forget(socket);
      client?.close(code);
    },
    abandon: (socket) => {
      const client = open.get(socket);
      forget(socket);
      client?.terminate();
    },
    stream: (order) => {
      pumps.get(order.socket)?.stop();
      pumps.delete(order.socket);
      const client = open.get(order.socket);
      if (!client || (order.state !== "start" && order.state !== "resume")) return;
      pumps.set(order.socket, pump(client, order, mouths.open(order.leg)));
    },
    closeAll: async (graceMs) => {
      const clients = [...open.values()];
      for (const socket of [...open.keys()]) forget(socket);
      await Promise.all(clients.map((client) => closeClient(client, graceMs)));
    },
  };
}

/** An address that is none fails like one that nobody listens on: an application may state any. */
function tryToConnect(
  url: string,
  protocol: string,
  headers: Readonly<Record<string, string>>,
): WebSocket | { readonly code: string; readonly message: string } {
  try {
    return new WebSocket(url, [protocol], { headers: { ...headers } });
  } catch (error) {
    return { code: "EINVAL", message: error instanceof Error ? error.message : String(error) };
  }
}

function closeClient(client: WebSocket, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (client.readyState === WebSocket.CLOSED) {
      resolve();
      return;
    }
    const timer = setTimeout(() => client.terminate(), graceMs);
    client.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    client.on("error", () => {});
    if (client.readyState === WebSocket.OPEN) client.close(1001);
    else client.terminate();
  });
}

/**
 * Sends what is said as L16 little-endian, silence between, one frame each 20 ms of real time, late ones together (jambonz 0.9.8, seen:
 * group f). Speech is 8 kHz; of two channels it is on the left, and the right is silent; at another rate there is silence.
 */
function pump(client: WebSocket, { sampleRate, channels, frameMs }: Stream, mouth: OpenMouth): AudioPump {
  const silence = Buffer.alloc((sampleRate / 1000) * frameMs * 2 * channels);
  const take = () => (sampleRate === 8_000 ? mouth.take(silence.length / channels) : undefined);
  const next = () => {
    const said = take();
    return said === undefined ? silence : channels === 1 ? said : onTheLeft(said);
  };
  const begun = performance.now();
  let sent = 0;
  const send = (): void => {
    const due = Math.floor((performance.now() - begun) / frameMs) + 1;
    for (; sent < due; sent += 1) if (client.readyState === WebSocket.OPEN) client.send(next());
  };
  send();
  const timer = setInterval(send, frameMs);
  return {
    stop: () => {
      clearInterval(timer);
      mouth.close();
    },
  };
}

/** Samples of one voice as those of two channels. */
function onTheLeft(mono: Buffer): Buffer {
  const stereo = Buffer.alloc(mono.length * 2);
  for (let at = 0; at < mono.length; at += 2) mono.copy(stereo, at * 2, at, at + 2);
  return stereo;
}
