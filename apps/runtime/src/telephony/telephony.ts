import type { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { CallConnection, CallHandler, Clock } from "../ports/index.ts";
import { allowsBasicAuth, type Credentials } from "./basic-auth.ts";
import { CallSocket } from "./call-socket.ts";
import type { Log } from "./log.ts";

/** The only subprotocol that jambonz 0.9.8 offers (seen in all recordings). */
const SUBPROTOCOL = "ws.jambonz.org";
/** How long a peer may take to close its side before the socket is cut. */
const CLOSE_PATIENCE_MS = 2_000;
const KEEP_ALIVE_MS = 15_000;

export interface TelephonyOptions {
  readonly handler: CallHandler;
  /** Path of the application's `call_hook`, as `/telephony`. */
  readonly path: string;
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly log: Log;
  /** Counts what should not happen (malformed, hookLost, …), by name. */
  readonly count?: (what: string) => void;
  /** The longest message taken from jambonz; session:new carries the whole INVITE twice. */
  readonly maxPayloadBytes?: number;
}

export interface Telephony {
  /** Takes an HTTP upgrade of our path (true, whatever becomes of it); another path is left alone (false). */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** The sockets on which a call lives. */
  connections(): readonly CallConnection[];
  /** Hands every call back to jambonz, which reconnects elsewhere or here after a restart; takes no new one. Resolves when all are closed. */
  close(): Promise<void>;
}

/**
 * jambonz's side of the runtime: one socket a leg, on the HTTP server that is given to it.
 *
 * A wrong password is answered 401, which the caller hears as an immediate 480 (jambonz 0.9.8, seen: d15). While closing, upgrades are
 * cut without an answer: jambonz tries again after a refused connection, but never after an HTTP status, and a caller whose socket
 * could not be brought back would be left with what is playing (jambonz 0.9.8, read and run: its retry policy is `ct`).
 */
export function createTelephony(options: TelephonyOptions): Telephony {
  const { handler, path, credentials, clock, log } = options;
  const count = options.count ?? (() => {});
  const sockets = new Set<CallSocket>();
  let closing = false;
  let emptied = () => {};
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: options.maxPayloadBytes ?? 1024 * 1024,
    handleProtocols: () => SUBPROTOCOL,
  });

  function handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    if (!isOurs((request.url ?? "").split("?", 1)[0] ?? "", path)) return false;
    socket.on("error", () => socket.destroy());
    if (closing) {
      socket.destroy();
      return true;
    }
    if (!allowsBasicAuth(request.headers.authorization, credentials)) {
      count("unauthorized");
      log.warn(
        { address: request.socket.remoteAddress },
        "telephony: a socket with a wrong user or password was refused",
      );
      refuse(socket, "401 Unauthorized", 'WWW-Authenticate: Basic realm="telephony"\r\n');
      return true;
    }
    if (!offers(request, SUBPROTOCOL)) {
      count("wrongSubprotocol");
      refuse(socket, "400 Bad Request");
      return true;
    }
    server.handleUpgrade(request, socket, head, (webSocket) => {
      // jambonz sends no pings by default; without this a peer that vanished would never be noticed.
      if (socket instanceof Socket) socket.setKeepAlive(true, KEEP_ALIVE_MS);
      const callSocket = new CallSocket(webSocket, {
        handler,
        clock,
        log,
        count,
        onClosed: (closed) => {
          sockets.delete(closed);
          if (sockets.size === 0) emptied();
        },
      });
      sockets.add(callSocket);
    });
    return true;
  }

  async function close(): Promise<void> {
    closing = true;
    const empty = new Promise<void>((resolve) => {
      emptied = resolve;
    });
    if (sockets.size === 0) return;
    for (const socket of sockets) socket.release("this process is stopping");
    const cancel = clock.at(clock.now() + CLOSE_PATIENCE_MS, () => {
      for (const socket of sockets) socket.terminate();
    });
    await empty;
    cancel();
  }

  return { handleUpgrade, connections: () => [...sockets].filter((socket) => socket.live), close };
}

/** A leg that was parted from its call comes with `/adulting` behind the address, and one of the same call later with two of them (read: `doAdulting`). */
function isOurs(asked: string, path: string): boolean {
  return asked.startsWith(path) && /^(\/adulting){0,9}$/.test(asked.slice(path.length));
}

function offers(request: IncomingMessage, subprotocol: string): boolean {
  const offered = request.headers["sec-websocket-protocol"] ?? "";
  return offered.split(",").some((name) => name.trim() === subprotocol);
}

function refuse(socket: Duplex, status: string, headers = ""): void {
  socket.end(`HTTP/1.1 ${status}\r\n${headers}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}
