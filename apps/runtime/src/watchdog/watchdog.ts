import { Worker } from "node:worker_threads";

export interface Watchdog {
  stop(): void;
}

/** How often the event loop shows that it turns. */
const BEAT_MS = 250;

/**
 * Ends this process when its event loop stands still for `stallMs`. `onBeat` is called with every beat (the supervisor's heartbeat).
 * `file` is the built watchdog-thread; where it is null (sources run directly) only the beats are given.
 */
export function startWatchdog(options: { file: URL | null; stallMs: number; onBeat: () => void }): Watchdog {
  const beats = new SharedArrayBuffer(4);
  const count = new Int32Array(beats);
  const timer = setInterval(() => {
    Atomics.add(count, 0, 1);
    options.onBeat();
  }, BEAT_MS);
  const worker = options.file ? new Worker(options.file, { workerData: { beats, stallMs: options.stallMs } }) : null;
  worker?.unref();
  return {
    stop() {
      clearInterval(timer);
      worker?.postMessage("stop");
      void worker?.terminate();
    },
  };
}
