import { parseArgs } from "node:util";
import { serveEmbeddedMongo } from "./serve.ts";
import { StoreUnavailable } from "./store-file.ts";

/**
 * The store's own process: `main.ts --folder F --socket S`, or CORDBOARD_STORE_FOLDER and CORDBOARD_STORE_SOCKET.
 *
 * Standard output carries one JSON line a message; the first is `{"ready":true,"uri":…}`. Leaves with 0 after SIGTERM or SIGINT, or with
 * a sentence on standard error and 64 (wrong arguments), 65 (file damaged), 73 (folder or socket cannot be written), 75 (folder in use),
 * 78 (written by a newer version).
 */
const EX_USAGE = 64;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { folder: { type: "string" }, socket: { type: "string" } } });
  const folder = values.folder ?? process.env.CORDBOARD_STORE_FOLDER;
  const socketPath = values.socket ?? process.env.CORDBOARD_STORE_SOCKET;
  if (!folder || !socketPath) {
    leave(
      EX_USAGE,
      "The store needs a folder and a socket path: --folder F --socket S (or CORDBOARD_STORE_FOLDER, CORDBOARD_STORE_SOCKET).",
    );
    return;
  }
  const server = await serveEmbeddedMongo({ folder, socketPath, log: { info: line("info"), error: line("error") } });
  const stop = () => {
    server.close().then(
      () => process.exit(0),
      (error: unknown) => leave(1, `The store could not be closed cleanly (${messageOf(error)}).`),
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  // Its supervisor is gone, and with it whoever would end this process: the folder must not stay locked.
  process.once("disconnect", stop);
  write({ ready: true, uri: server.uri });
}

function line(level: string): (fields: object, message: string) => void {
  return (fields, message) => write({ level, message, ...fields });
}

function write(fields: object): void {
  process.stdout.write(
    `${JSON.stringify(fields, (_key, value: unknown) => (value instanceof Error ? value.message : value))}\n`,
  );
}

function leave(code: number, sentence: string): void {
  process.stderr.write(`${sentence}\n`, () => process.exit(code));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main().catch((error: unknown) => {
  if (error instanceof StoreUnavailable) leave(error.exitCode, error.message);
  else leave(1, `The store could not be started (${messageOf(error)}).`);
});
