import process from "node:process";
import { parentPort, workerData } from "node:worker_threads";
import { createStallWatch } from "./stall.ts";

/**
 * Runs beside the event loop and ends the process when that loop stands still: jambonz does not notice a hung application, so its sockets
 * must close (protocol rule 11). SIGKILL, because a process whose loop hangs handles nothing gentler.
 */
const { beats, stallMs } = workerData as { beats: SharedArrayBuffer; stallMs: number };
const count = new Int32Array(beats);
const stalled = createStallWatch(stallMs);

const look = () => {
  if (stalled(Atomics.load(count, 0), performance.now())) process.kill(process.pid, "SIGKILL");
};
look();
const timer = setInterval(look, Math.min(500, stallMs / 4));
parentPort?.once("message", () => clearInterval(timer));
