import { type ChildProcess, fork } from "node:child_process";
import process from "node:process";
import { createInterface } from "node:readline";

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
  /** Exit codes after which it must not be started again: a person has to do something; its sentence is on standard error. */
  readonly refusalCodes?: readonly number[];
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
  /** Tells the program that runs now; one that is just dying never hears it. */
  tell(message: { readonly kind: "accountsShown" }): void;
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
    // Nothing of ours makes code from text, and nothing that a flow or a caller says ever may.
    child = fork(options.file, [...options.args], {
      execArgv: ["--disallow-code-generation-from-strings"],
      env: options.env,
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
    // One JSON line a message: the store, which knows of no process channel, says there that it is ready; the rest is its log.
    if (child.stdout) {
      createInterface({ input: child.stdout }).on("line", (line) => {
        const message = readLine(line);
        if (message?.ready === true) options.onReady({ kind: "ready", ...message });
        else if (message?.level !== "info") process.stderr.write(`${line}\n`);
      });
    }
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
      if (code !== null && options.refusalCodes?.includes(code)) {
        stopping = true;
        options.onRefusal({ kind: "refuses", reason: "said", code });
        return;
      }
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
    tell(message) {
      if (child.connected) child.send(message, () => undefined);
    },
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

function readLine(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
