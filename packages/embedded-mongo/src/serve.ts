import { chmodSync, lstatSync, unlinkSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import type { Doc } from "./bson-values.ts";
import { type Clock, systemClock } from "./clock.ts";
import { runCommand } from "./commands/index.ts";
import { asMongoError, errorReply, MongoError } from "./errors.ts";
import { makeStore, type Store } from "./store.ts";
import { openStoreFile, StoreUnavailable } from "./store-file.ts";
import { SWEEP_EVERY_MS, sweepExpired } from "./ttl.ts";
import { MessageReader, parseMessage, replyMessage, type WireRequest } from "./wire.ts";

export interface EmbeddedMongoOptions {
  /** Where the data lies; made when it is not there. One process at a time may have it. */
  readonly folder: string;
  /** The unix socket to listen on: at most 107 bytes, ending in `.sock`. Readable by this user only. */
  readonly socketPath: string;
  readonly log: StoreLog;
  readonly clock?: Clock;
}

/** A logger such as pino. */
export interface StoreLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface EmbeddedMongo {
  /** For `mongoose.connect`; names the database `cordboard`. */
  readonly uri: string;
  /** Answers what was asked, puts everything on the disk, gives the folder back. */
  close(): Promise<void>;
}

/** What the kernel's socket address holds (sockaddr_un on Linux, without its last 0). */
const MAX_SOCKET_PATH_BYTES = 107;

/** Serves MongoDB's wire protocol on a unix socket. Throws `StoreUnavailable` when the folder or the socket cannot be had. */
export async function serveEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const { folder, socketPath, log, clock = systemClock } = options;
  checkSocketPath(socketPath);
  const file = openStoreFile(folder);
  const store = makeStore(file.sql, clock);
  const connections = new Set<Connection>();
  const server = createServer((socket) => {
    const connection = new Connection(socket, store, log);
    connections.add(connection);
    socket.on("close", () => connections.delete(connection));
  });
  try {
    removeStaleSocket(socketPath);
    await listen(server, socketPath);
  } catch (error) {
    file.close();
    throw error;
  }
  const stopSweeping = clock.every(SWEEP_EVERY_MS, () => {
    sweepExpired(store).catch((error: unknown) => log.error({ error }, "removing expired documents failed"));
  });
  let closing: Promise<void> | undefined;
  const close = async () => {
    stopSweeping();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await Promise.all([...connections].map((connection) => connection.finish()));
    await closed;
    await store.writes.drained();
    file.close();
  };
  log.info({ folder, collections: store.catalog.list().length }, "embedded store is open");
  return {
    uri: `mongodb://${encodeURIComponent(socketPath)}/cordboard?directConnection=true`,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

class Connection {
  readonly #socket: Socket;
  readonly #store: Store;
  readonly #log: StoreLog;
  readonly #reader = new MessageReader();
  readonly #running = new Set<Promise<void>>();
  /** Commands of one connection run one after another, as a driver expects. */
  #last: Promise<void> = Promise.resolve();
  #finishing = false;

  constructor(socket: Socket, store: Store, log: StoreLog) {
    this.#socket = socket;
    this.#store = store;
    this.#log = log;
    socket.on("data", (chunk) => this.#receive(chunk));
    socket.on("error", () => socket.destroy()); // the client is gone; what it asked for is done all the same
  }

  /** Answers what was asked so far and hangs up. */
  async finish(): Promise<void> {
    this.#finishing = true;
    while (this.#running.size > 0) await Promise.all(this.#running);
    await new Promise<void>((resolve) => {
      this.#socket.on("close", () => resolve());
      if (this.#socket.destroyed) resolve();
      else this.#socket.end(() => this.#socket.destroy());
    });
  }

  #receive(chunk: Buffer): void {
    if (this.#finishing) return;
    try {
      for (const message of this.#reader.push(chunk)) this.#start(parseMessage(message));
    } catch (error) {
      this.#log.error({ error }, "a connection that does not speak the protocol was closed");
      this.#socket.destroy();
    }
  }

  #start(request: WireRequest): void {
    const idle = this.#running.size === 0;
    const run = idle ? this.#answer(request) : this.#last.then(() => this.#answer(request));
    this.#last = run;
    this.#running.add(run);
    void run.finally(() => this.#running.delete(run));
  }

  /** Never rejects: an answer that cannot be given ends the connection, and only that. */
  async #answer(request: WireRequest): Promise<void> {
    try {
      const reply = await this.#replyTo(request);
      if (!request.silent && !this.#socket.destroyed) this.#socket.write(replyMessage(request, reply));
    } catch (error) {
      this.#log.error({ error, command: request.name }, "an answer could not be sent");
      this.#socket.destroy();
    }
  }

  async #replyTo(request: WireRequest): Promise<Doc | Buffer> {
    try {
      return await runCommand(request, this.#store);
    } catch (error) {
      if (!(error instanceof MongoError)) {
        this.#log.error({ error, command: request.name, code: asMongoError(error).code }, "a command failed");
      }
      return errorReply(error);
    }
  }
}

/** Besides the system's limit: the driver (7.8) takes a host for a socket only when it ends in `.sock`. */
function checkSocketPath(path: string): void {
  if (!path.endsWith(".sock")) {
    throw new StoreUnavailable(
      "unwritable",
      `The store's socket path ${path} must end in .sock, or no driver finds it.`,
    );
  }
  const bytes = Buffer.byteLength(path);
  if (bytes > MAX_SOCKET_PATH_BYTES) {
    throw new StoreUnavailable(
      "unwritable",
      `The store's socket path ${path} is ${bytes} bytes long; the system allows ${MAX_SOCKET_PATH_BYTES}. Choose a shorter run folder.`,
    );
  }
}

/** The folder's lock is ours, so a socket left at this place belongs to a process that is gone. Anything else there is not touched. */
function removeStaleSocket(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket())
    throw new StoreUnavailable("unwritable", `${path} is in the way: the store's socket cannot be made there.`);
  unlinkSync(path);
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) =>
      reject(new StoreUnavailable("unwritable", `The store's socket ${path} cannot be opened (${error.message}).`)),
    );
    server.listen(path, () => {
      chmodSync(path, 0o600);
      resolve();
    });
  });
}
