import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { OTHER_UPGRADE_REASON, UPGRADE_REASONS } from "../conformance/facts.ts";
import type { Script } from "../conformance/script.ts";

export type Observe = (channel: string, what: Readonly<Record<string, unknown>>) => void;

const FIRST_PORT = 10_000;
const PORTS = 10_000;

/** The recorder's application on a real port: it opens, shuts, refuses and freezes as the script says, and writes down what comes. */
export class RecorderApplication {
  host = "";
  private readonly observe: Observe;
  private readonly upgrades: Array<Script["upgrades"][number]>;
  private readonly sockets: Array<{ readonly client: WebSocket; readonly audio: boolean }> = [];
  private readonly acceptor = new WebSocketServer({
    noServer: true,
    handleProtocols: (protocols) => [...protocols][0] ?? false,
  });
  private readonly held: Duplex[] = [];
  private server: Server | undefined;
  private port = 0;

  constructor(script: Script, observe: Observe) {
    this.observe = observe;
    this.upgrades = [...script.upgrades];
  }

  /**
   * Finds a port, so that addresses are known before the application listens. It is one that systems do not give to connections that go out:
   * while the application is down nothing takes it by chance.
   */
  async reserve(): Promise<void> {
    for (let tries = 20; this.server === undefined; tries -= 1) {
      this.port = FIRST_PORT + Math.floor(Math.random() * PORTS);
      await this.listen().catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "EADDRINUSE" || tries === 0) throw error;
      });
    }
    await this.down();
  }

  async listen(): Promise<void> {
    if (this.server) return;
    const server = createServer((_request, response) => response.writeHead(426).end());
    server.on("upgrade", (request, socket, head) => this.upgrade(request, socket, head));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.port, "127.0.0.1", resolve);
    });
    const address = server.address();
    this.port = typeof address === "object" && address ? address.port : 0;
    this.host = `127.0.0.1:${this.port}`;
    this.server = server;
  }

  async down(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
      for (const socket of this.held.splice(0)) socket.destroy();
      // Sockets that have become WebSockets are not the HTTP server's any more; it closes all the same.
      setImmediate(resolve);
    });
  }

  send(conn: number, words: string): void {
    this.sockets[conn]?.client.send(words);
  }

  sendAudio(words: string): void {
    this.sockets.find(({ audio }) => audio)?.client.send(words);
  }

  close(conn: number, code: number): void {
    const socket = this.sockets[conn];
    if (code === 1006) socket?.client.terminate();
    else socket?.client.close(code);
  }

  freeze(frozen: boolean): void {
    for (const { client } of this.sockets) {
      if (frozen) client.pause();
      else client.resume();
    }
  }

  async stop(): Promise<void> {
    for (const { client } of this.sockets) client.terminate();
    await this.down();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => {});
    const special = this.upgrades.shift();
    if (special?.kind === "refuse") {
      const reason = UPGRADE_REASONS[special.status] ?? OTHER_UPGRADE_REASON;
      socket.end(`HTTP/1.1 ${special.status} ${reason}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
    } else if (special) this.held.push(socket);
    else this.acceptor.handleUpgrade(request, socket, head, (client) => this.opened(client, request));
  }

  private opened(client: WebSocket, request: IncomingMessage): void {
    const conn = this.sockets.length;
    const channel = `socket ${conn}`;
    const audio = client.protocol === "audio.drachtio.org";
    this.sockets.push({ client, audio });
    const { authorization } = request.headers;
    this.observe(channel, {
      kind: "open",
      path: request.url,
      protocol: client.protocol,
      ...(authorization === undefined ? {} : { authorization }),
    });
    let frames = 0;
    let bytes = 0;
    client.on("message", (data, binary) => {
      if (!binary) {
        this.observe(channel, { kind: "message", message: JSON.parse(data.toString()) });
        return;
      }
      const { length } = Buffer.from(data as Buffer);
      frames += 1;
      bytes += length;
      if (frames === 1) this.observe(channel, { kind: "firstFrame", bytes: length });
    });
    client.on("close", (code) => {
      this.observe(channel, { kind: "close", code });
      if (audio) this.observe(channel, { kind: "audioEnd", frames, bytes });
    });
  }
}
