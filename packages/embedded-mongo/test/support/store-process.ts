import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("../..", import.meta.url));
let built: Promise<string> | undefined;

/** The store's program as one file, as it is shipped: of sources that are translated at each start, most of a start is the translation. */
function program(): Promise<string> {
  built ??= (async () => {
    // In the package: what is not in the file, the file looks for from where it lies.
    const outDir = join(root, ".cache/program");
    await build({
      ...{ configFile: false, root, logLevel: "warn" },
      ssr: { noExternal: true, external: ["libsql"] },
      build: { ssr: join(root, "src/main.ts"), outDir, target: "node20", sourcemap: true },
    });
    return join(outDir, "main.js");
  })();
  return built;
}

export interface StoreProcess {
  readonly uri: string;
  readonly pid: number;
  /** Sends the signal; resolves with the exit code, or the signal's name, once the process is gone. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | string>;
}

export interface FailedStart {
  readonly code: number | string;
  readonly said: string;
}

/** Starts the store's own process and waits for its first word: ready, or why not. */
export async function startStoreProcess(folder: string, socketPath: string): Promise<StoreProcess | FailedStart> {
  const child = spawn(process.execPath, [await program(), "--folder", folder, "--socket", socketPath], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const gone = new Promise<number | string>((resolve) =>
    child.on("exit", (code, signal) => resolve(code ?? String(signal))),
  );
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += String(chunk);
  });
  const closed = new Promise((resolve) => child.on("close", resolve));
  const uri = await Promise.race([readyUri(child), gone]);
  if (typeof uri !== "string" || !uri.startsWith("mongodb://")) {
    await closed;
    return { code: uri, said };
  }
  return {
    uri,
    pid: child.pid ?? 0,
    end: (signal) => {
      child.kill(signal);
      return gone;
    },
  };
}

export async function runningStore(folder: string, socketPath: string): Promise<StoreProcess> {
  const started = await startStoreProcess(folder, socketPath);
  if ("uri" in started) return started;
  throw new Error(`the store did not start (${started.code}): ${started.said}`);
}

function readyUri(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    child.stdout?.on("data", (chunk) => {
      text += String(chunk);
      for (const line of text.split("\n").slice(0, -1)) {
        const message: unknown = JSON.parse(line);
        if (typeof message === "object" && message !== null && "ready" in message && "uri" in message)
          resolve(String(message.uri));
      }
    });
  });
}
