import { type ChildProcess, fork } from "node:child_process";

/** What a supervised program tells its supervisor over the process channel. */
export type ChildMessage =
  | { readonly kind: "ready"; readonly [detail: string]: unknown }
  | { readonly kind: "heartbeat" }
  /** A reason not to be started again: the sentence is for the person at the terminal. */
  | { readonly kind: "refuses"; readonly reason: string; readonly [detail: string]: unknown };

export interface ChildOptions {
  /** Name in messages and logs. */
  readonly part: "runtime" | "store" | "lab";
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Ends the program when no heartbeat came for this long, ms; null: it sends none. A stalled runtime must die so that jambonz reconnects. */
  readonly stallMs: number | null;
  readonly onReady: (message: Extract<ChildMessage, { kind: "ready" }>) => void;
  readonly onRefusal: (message: Extract<ChildMessage, { kind: "refuses" }>) => void;
  readonly onRestart: (how: string) => void;
  readonly onStall: (ms: number) => void;
  /** It died `count` times within a minute: the supervisor ends. */
  readonly onGiveUp: (count: number) => void;
}

/** A program that is started again whenever it dies. */
export interface Child {
  readonly pid: () => number | undefined;
  /** Asks it to leave (SIGTERM), then ends it after `graceMs`. Resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
}

const giveUpAfter = 10;

/** Starts the program and keeps it running until `stop`. The first restart is immediate; a program that dies again and again waits longer. */
export function keepRunning(options: ChildOptions): Child {
  let child: ChildProcess;
  let stopping = false;
  let stallTimer: NodeJS.Timeout | undefined;
  let restartTimer: NodeJS.Timeout | undefined;
  let deaths: number[] = [];

  const watch = () => {
    clearTimeout(stallTimer);
    if (options.stallMs === null) return;
    stallTimer = setTimeout(() => {
      options.onStall(options.stallMs ?? 0);
      child.kill("SIGKILL");
    }, options.stallMs);
  };

  const start = () => {
    child = fork(options.file, [...options.args], { env: options.env, stdio: ["ignore", "inherit", "inherit", "ipc"] });
    child.on("message", (message: ChildMessage) => {
      if (message.kind === "heartbeat") watch();
      else if (message.kind === "ready") {
        watch();
        options.onReady(message);
      } else if (message.kind === "refuses") {
        stopping = true;
        options.onRefusal(message);
      }
    });
    child.on("exit", (code, signal) => {
      clearTimeout(stallTimer);
      if (stopping) return;
      const now = Date.now();
      deaths = [...deaths.filter((at) => now - at < 60_000), now];
      if (deaths.length >= giveUpAfter) {
        stopping = true;
        options.onGiveUp(deaths.length);
        return;
      }
      options.onRestart(signal ?? `code ${code}`);
      restartTimer = setTimeout(start, deaths.length === 1 ? 0 : Math.min(5_000, 100 * 2 ** (deaths.length - 2)));
    });
  };
  start();

  return {
    pid: () => child.pid,
    async stop(graceMs) {
      stopping = true;
      clearTimeout(restartTimer);
      clearTimeout(stallTimer);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const kill = setTimeout(() => child.kill("SIGKILL"), graceMs);
      await gone;
      clearTimeout(kill);
    },
  };
}
