import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const loader = createRequire(import.meta.url).resolve("tsx");
const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

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
  const child = spawn(process.execPath, ["--import", loader, main, "--folder", folder, "--socket", socketPath], {
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
