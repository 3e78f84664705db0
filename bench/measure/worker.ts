import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";

/** What a worker can be asked: name → arguments and answer, both JSON. */
export type Commands = Readonly<Record<string, { readonly given: object; readonly answer: unknown }>>;

/** A program of the benchmark that runs in a process of its own. */
export interface Worker<C extends Commands> {
  readonly pid: number;
  ask<N extends keyof C & string>(name: N, given: C[N]["given"]): Promise<C[N]["answer"]>;
  /** SIGTERM; resolves when it is gone. */
  stop(): Promise<void>;
}

interface Question {
  readonly id: number;
  readonly name: string;
  readonly given: object;
}

interface Answer {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: string;
}

/** Starts `<name>.js`, which lies beside this program. A worker that dies fails everything that it was asked. */
export function startWorker<C extends Commands>(name: string, args: readonly string[] = []): Worker<C> {
  const child: ChildProcess = fork(join(import.meta.dirname, `${name}.js`), [...args], { serialization: "advanced" });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let count = 0;
  const gone = new Promise<void>((resolve) => {
    child.once("exit", (code, signal) => {
      for (const { reject } of waiting.values()) reject(new Error(`${name} ended (${signal ?? `code ${code}`})`));
      waiting.clear();
      resolve();
    });
  });
  child.on("message", (message: Answer) => {
    const { resolve, reject } = waiting.get(message.id) ?? {};
    waiting.delete(message.id);
    if (message.error === undefined) resolve?.(message.answer);
    else reject?.(new Error(`${name}: ${message.error}`));
  });
  return {
    pid: child.pid ?? 0,
    ask(command, given) {
      return new Promise((resolve, reject) => {
        const id = count++;
        // What comes back is what the worker's own `answerCommands`, typed by the same C, returned.
        waiting.set(id, { resolve: (value) => resolve(value as never), reject });
        child.send({ id, name: command, given } satisfies Question);
      });
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await gone;
    },
  };
}

/** In a worker: answers what it is asked, one question after the other. */
export function answerCommands<C extends Commands>(
  handlers: {
    readonly [N in keyof C & string]: (given: C[N]["given"]) => Promise<C[N]["answer"]> | C[N]["answer"];
  },
): void {
  let last: Promise<unknown> = Promise.resolve();
  process.on("message", ({ id, name, given }: Question) => {
    last = last
      .then(() => handlers[name]?.(given))
      .then(
        (answer) => process.send?.({ id, answer } satisfies Answer),
        (error: unknown) =>
          process.send?.({
            id,
            error: error instanceof Error ? (error.stack ?? error.message) : String(error),
          } satisfies Answer),
      );
  });
  process.on("disconnect", () => process.exit(0));
}
