import { type ChildProcess, fork } from "node:child_process";
import { createServer } from "node:net";

/** A program that says over its process channel when it is ready. */
export interface Program {
  readonly pid: number;
  /** What it said with `ready`. */
  readonly ready: Readonly<Record<string, unknown>>;
  /** Process start → `ready`, ms. */
  readonly readyMs: number;
  /** SIGKILL; resolves when the system has taken it away. */
  kill(): Promise<void>;
  /** SIGTERM; resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts a program and waits until it is ready. Rejects when it ends before that. */
export async function startProgram(file: string, env: NodeJS.ProcessEnv = process.env): Promise<Program> {
  const began = performance.now();
  const child: ChildProcess = fork(file, [], { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
    child.once("exit", (code, signal) => reject(new Error(`${file} ended at its start (${signal ?? code})`)));
    child.on("message", (message: { kind?: string }) => {
      if (message.kind === "ready") resolve({ ...message });
      if (message.kind === "refuses") reject(new Error(JSON.stringify(message)));
    });
  });
  const readyMs = performance.now() - began;
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
  };
  return { pid: child.pid ?? 0, ready, readyMs, kill: () => end("SIGKILL"), stop: () => end("SIGTERM") };
}

/** A TCP port on loopback that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
