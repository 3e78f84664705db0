import { type ClientMessage, realtime, type ServerMessage } from "@cordboard/api";
import type { Socket, io as SocketIo } from "socket.io-client";
import { isServerMessage } from "./realtime-message.ts";

/** The live line to the runtime. It mends itself until it is closed. */
export interface Link {
  /** Asks for the whole view. */
  refresh(): void;
  close(): void;
}

export interface LinkListener {
  onMessage(message: ServerMessage): void;
  /** A message of another version or type came: the view is to be asked for. */
  onStrange(): void;
  onUp(): void;
  onDown(): void;
  /** The server refused the connection: the session may be over. */
  onRefused(): void;
}

export type OpenLink = (listener: LinkListener) => Link;

/** Begins to load at once, and holds up no drawing: the first view comes by REST. */
const loading = import("socket.io-client");

/**
 * Connects to the runtime that served this page, by WebSocket only: with several runtimes behind a balancer long polling would need
 * sticky sessions. Tries again after 0.5 to 4 s for as long as it is open.
 */
export const openLink: OpenLink = (listener) => {
  let socket: Socket | null = null;
  let closed = false;
  loading.then(
    ({ io }) => {
      if (!closed) socket = connect(io, listener);
    },
    () => listener.onDown(),
  );
  const refresh: ClientMessage = { v: 1, type: "refresh" };
  return {
    refresh: () => {
      if (socket?.connected) socket.emit("message", refresh);
      else if (socket && !socket.active) socket.connect();
    },
    close: () => {
      closed = true;
      socket?.off();
      socket?.close();
    },
  };
};

function connect(io: typeof SocketIo, listener: LinkListener): Socket {
  const socket = io(realtime.namespace, {
    path: realtime.path,
    transports: ["websocket"],
    reconnectionDelay: 500,
    reconnectionDelayMax: 4_000,
    timeout: 8_000,
    // A link that was closed must not lend its socket to the next one.
    forceNew: true,
  });
  socket.on("connect", () => listener.onUp());
  socket.on("disconnect", (reason) => {
    listener.onDown();
    // socket.io does not come back by itself after a disconnect by the server; whether the session holds is for REST to say.
    if (reason === "io server disconnect") listener.onRefused();
  });
  socket.on("connect_error", () => {
    listener.onDown();
    if (!socket.active) listener.onRefused();
  });
  socket.on("message", (message: unknown) => {
    if (isServerMessage(message)) listener.onMessage(message);
    else listener.onStrange();
  });
  return socket;
}
