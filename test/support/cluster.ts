import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { DemoAccounts } from "../../apps/runtime/src/seed/demo-company.ts";
import { type Exchange, openExchange, telephonyAccess } from "./exchange.ts";
import { freePorts } from "./free-ports.ts";
import { startSmallRedis } from "./small-redis.ts";
import { until } from "./until.ts";

const root = join(import.meta.dirname, "../..");
const program = (name: string) => join(root, "dist/server", `${name}.js`);

/** A program of the product, in a process of its own, started again when it died, as the supervisor does. */
export interface Process {
  /** `kill -9`; resolves when another one has taken its place and is ready. */
  kill(): Promise<void>;
  /** Stands still from now on; returns how to let it go on. */
  freeze(): () => void;
  /** Ends it and keeps it away; returns how to bring it back, which resolves when it is ready. */
  takeAway(): Promise<() => Promise<void>>;
}

/** An exchange of whole processes: one store, and runtimes that share it behind a balancer. */
export interface Cluster extends Exchange {
  /** The data folder that the runtimes share. */
  readonly folder: string;
  readonly store: Process;
  readonly runtimes: readonly Process[];
}

export async function startCluster({ runtimes: count = 1 } = {}): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "cb-"));
  const socketPath = join(tmpdir(), `${folder.slice(-6).toLowerCase()}-c.sock`);
  const redis = count > 1 ? await startSmallRedis() : null;
  const [restPort = 0, balancerPort = 0, ...ports] = await freePorts(2 + count);
  const log: string[] = [];
  const stops: (() => Promise<void>)[] = [];

  const run = (name: string, args: readonly string[], env: Record<string, string>) => {
    let child: ChildProcess;
    let ready: Record<string, unknown> | null = null;
    let wanted = true;
    const start = () => {
      ready = null;
      child = fork(program(name), [...args], {
        env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, ...env },
        stdio: ["ignore", "pipe", "pipe", "ipc"],
      });
      const born = child;
      child.on("message", (message: Record<string, unknown>) => {
        if (message.kind === "ready") ready = message;
      });
      for (const stream of [child.stdout, child.stderr]) {
        if (!stream) continue;
        createInterface({ input: stream }).on("line", (line) => {
          if (line.startsWith('{"ready":true')) ready = JSON.parse(line) as Record<string, unknown>;
          else log.push(line);
        });
      }
      child.on("exit", () => {
        if (wanted && child === born) start();
      });
    };
    start();
    const isReady = () =>
      until(() => ready, `${name} to be ready`, { ms: 150_000, say: () => log.slice(-20).join("\n") });
    const end = async (signal: "SIGKILL" | "SIGTERM") => {
      const gone = once(child, "exit");
      child.kill(signal);
      await gone;
    };
    stops.push(async () => {
      wanted = false;
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGCONT");
      const hard = setTimeout(() => child.kill("SIGKILL"), 8_000);
      await end("SIGTERM");
      clearTimeout(hard);
    });
    return {
      isReady,
      async kill() {
        await end("SIGKILL");
        await isReady();
      },
      freeze() {
        const frozen = child;
        frozen.kill("SIGSTOP");
        return () => void frozen.kill("SIGCONT");
      },
      async takeAway() {
        wanted = false;
        await end("SIGKILL");
        return async () => {
          wanted = true;
          start();
          await isReady();
        };
      },
    };
  };

  const store = run("store", ["--folder", join(folder, "store"), "--socket", socketPath], {});
  const storeUri = String((await store.isReady()).uri);
  const { accountSid, apiKey, applicationSid, username, password } = telephonyAccess;
  const runtimes = [];
  let first: { accounts: DemoAccounts; line: string } | null = null;
  for (const port of ports) {
    const runtime = run("runtime", [], {
      MONGODB_URI: storeUri,
      ...(redis && { REDIS_URL: redis.url, REDIS_PREFIX: `${folder.slice(-6)}:` }),
      CORDBOARD_PORT: String(port),
      // As behind a load balancer: audio that a call fetches, or sends, may go by another runtime than its owner.
      CORDBOARD_JAMBONZ_FACING_URL: `http://127.0.0.1:${balancerPort}`,
      CORDBOARD_DATA: folder,
      CORDBOARD_LOG_LEVEL: "warn",
      CORDBOARD_WEB: join(root, "dist"),
      CORDBOARD_PROMPTS: join(root, "packages/prompts/audio"),
      CORDBOARD_FLOWS: join(root, "flows"),
      CORDBOARD_DEMO: "yes",
      CORDBOARD_SECRET: "a secret of at least thirty-two characters",
      JAMBONZ_API_URL: `http://127.0.0.1:${restPort}`,
      JAMBONZ_ACCOUNT_SID: accountSid,
      JAMBONZ_API_KEY: apiKey,
      JAMBONZ_APPLICATION_SID: applicationSid,
      JAMBONZ_SOCKET_USER: username,
      JAMBONZ_SOCKET_PASSWORD: password,
    });
    const told = (await runtime.isReady()) as unknown as { accounts: DemoAccounts; line: string };
    first ??= told;
    runtimes.push(runtime);
  }
  if (!first) throw new Error("a cluster needs a runtime");
  const balancer = await startBalancer(balancerPort, ports);
  const exchange = await openExchange({
    ...first,
    urls: ports.map((port) => `http://127.0.0.1:${port}`),
    storeUri,
    callHook: `ws://127.0.0.1:${balancerPort}/jambonz/call`,
    restPort,
    log,
    async close() {
      await balancer.close();
      // The runtimes before the store that they need.
      for (const stop of stops.toReversed()) await stop();
      await redis?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  });
  return { ...exchange, folder, store, runtimes };
}

/** Passes each connection on to the next of the ports that takes one. */
async function startBalancer(port: number, ports: readonly number[]): Promise<{ close(): Promise<void> }> {
  const open = new Set<Socket>();
  let next = 0;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    open.add(near);
    const tryNext = (left: number) => {
      const far = connect({ port: ports[next++ % ports.length] ?? 0, host: "127.0.0.1", allowHalfOpen: true });
      far.once("connect", () => {
        open.add(far);
        near.pipe(far).pipe(near);
        for (const [end, other] of [
          [near, far],
          [far, near],
        ] as const) {
          end.on("error", () => other.destroy());
          end.on("close", () => {
            open.delete(end);
            other.destroy();
          });
        }
      });
      far.once("error", () => {
        if (near.readyState !== "open" || open.has(far)) return;
        if (left > 1) tryNext(left - 1);
        else near.resetAndDestroy();
      });
    };
    near.on("error", () => near.destroy());
    tryNext(ports.length);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
