import process from "node:process";
import { parentPort, workerData } from "node:worker_threads";

/**
 * Runs beside the event loop and ends the process when that loop stands still: jambonz does not notice a hung application, so its sockets
 * must close (protocol rule 11). SIGKILL, because a process whose loop hangs handles nothing gentler.
 */
const { beats, stallMs } = workerData as { beats: SharedArrayBuffer; stallMs: number };
const count = new Int32Array(beats);
let last = Atomics.load(count, 0);
let since = performance.now();

const timer = setInterval(
  () => {
    const now = Atomics.load(count, 0);
    if (now !== last) {
      last = now;
      since = performance.now();
    } else if (performance.now() - since > stallMs) {
      process.kill(process.pid, "SIGKILL");
    }
  },
  Math.min(500, stallMs / 4),
);
parentPort?.once("message", () => clearInterval(timer));
