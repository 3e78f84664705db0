import { createServer } from "node:net";

/** Below what systems give to connections that go out (32,768 and up on Linux): nothing takes such a port by chance. */
const FIRST = 20_000;
const PER_WORKER = 1_000;
let next = Math.floor(Math.random() * PER_WORKER);

/** Ports of this machine that nobody listens on just now; test files that run at the same time get different ones. */
export async function freePorts(count: number): Promise<number[]> {
  const worker = Number(process.env.VITEST_POOL_ID ?? 0) % 10;
  const ports: number[] = [];
  for (let tried = 0; ports.length < count; tried++) {
    if (tried > PER_WORKER) throw new Error(`no ${count} ports are free from ${FIRST + worker * PER_WORKER} on`);
    const port = FIRST + worker * PER_WORKER + (next++ % PER_WORKER);
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
