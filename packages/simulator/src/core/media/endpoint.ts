import { createSignal, type Fiber, type Signal, wait } from "../kernel/fiber.ts";
import { SimulatedFailure } from "../kernel/simulated-failure.ts";
import type { Leg } from "../sip/leg.ts";
import { TIMINGS } from "../timings.ts";
import type { Sound } from "../types.ts";
import type { World } from "../world.ts";

type PlaySource =
  | { readonly kind: "files"; readonly urls: readonly string[]; readonly verb: string }
  | {
      readonly kind: "speech";
      readonly text: string;
      readonly language: string;
      readonly voice: string;
      readonly durationMs: number;
    }
  | { readonly kind: "tone"; readonly durationMs: number };

/** The media server's report of a playback; all three are texts on the wire (jambonz 0.9.8, seen: f8). */
interface PlayResult {
  readonly playbackSeconds: string;
  readonly playbackMilliseconds: string;
  readonly playbackLastOffsetPos: string;
}

/** The media server's end of one leg: plays one thing after the other, hears keys. */
export interface Endpoint {
  readonly leg: Leg;
  readonly connected: boolean;
  /** Queues a playback; `started` is called when its first sample plays. Fails with "File Not Found". */
  play(source: PlaySource, started?: () => void): Signal<PlayResult>;
  /** Stops what plays now; what is queued behind it follows. */
  breakPlayback(): void;
  onKey(listener: (key: string) => void): () => void;
  forgetKeys(): void;
  onDestroy(listener: () => void): void;
  /** The telephone's media go elsewhere from now on: what is played still is not heard, and is over at once. */
  leave(): void;
  /** Gives the endpoint back; the signal tells when it is gone. */
  destroy(): Signal<void>;
}

interface Item {
  readonly source: PlaySource;
  readonly started: (() => void) | undefined;
  readonly result: Signal<PlayResult>;
  readonly interrupt: Signal<"broken" | "destroyed">;
}

function report(lastMs: number, totalMs: number): PlayResult {
  return {
    playbackSeconds: String(Math.floor(lastMs / 1000)),
    playbackMilliseconds: String(Math.floor(lastMs)),
    playbackLastOffsetPos: String(Math.round(totalMs * 8)),
  };
}

/** Makes an endpoint for a leg. The caller waits `TIMINGS.endpoint` for it. */
export function createEndpoint(world: World, leg: Leg): Endpoint {
  const { scheduler } = world;
  const queue: Item[] = [];
  const keyListeners = new Set<(key: string) => void>();
  const destroyListeners: Array<() => void> = [];
  let current: Item | undefined;
  let connected = true;
  let left = false;

  const stopKeys = leg.onKey((key) => {
    for (const listener of [...keyListeners]) listener(key);
  });

  /** Lets `ms` of sound pass unless it is interrupted; tells how much was heard. */
  function* listenFor(item: Item, sound: Sound, ms: number): Fiber<{ heardMs: number; interrupted: boolean }> {
    const begun = scheduler.now();
    const over = createSignal<"over" | "broken" | "destroyed">();
    const timer = scheduler.after(left ? 0 : ms, () => over.settle("over"));
    // Broken off while its file was still on its way: nothing of it is heard, and what is heard by now is something else's.
    const tooLate = left || item.interrupt.settled;
    item.interrupt.listen((outcome) => {
      if (outcome.ok) over.settle(outcome.value);
    });
    if (!tooLate) leg.hear(sound);
    const how = yield* wait(over);
    timer.cancel();
    if (!tooLate) leg.hear(undefined);
    return { heardMs: how === "over" ? ms : scheduler.now() - begun, interrupted: how !== "over" };
  }

  function* playFiles(item: Item, urls: readonly string[], verb: string): Fiber<PlayResult> {
    let total = 0;
    let last = 0;
    for (const [index, url] of urls.entries()) {
      yield* wait(scheduler.sleep(index === 0 ? TIMINGS.playbackStart : TIMINGS.playbackGap));
      const clip = world.audio.clip(url);
      try {
        const { durationMs } = yield* wait(clip);
        if (index === 0) item.started?.();
        const { heardMs, interrupted } = yield* listenFor(item, { kind: "audio", url, verb, durationMs }, durationMs);
        last = heardMs;
        total += heardMs;
        if (interrupted) return yield* broken(last, total);
      } catch (error) {
        yield* wait(scheduler.sleep(TIMINGS.playbackFailure));
        throw error;
      }
    }
    yield* wait(scheduler.sleep(TIMINGS.playbackEnd));
    return report(last, total);
  }

  function* broken(last: number, total: number): Fiber<PlayResult> {
    yield* wait(scheduler.sleep(TIMINGS.playbackBreak));
    return report(last, total);
  }

  function* playItem(item: Item): Fiber<PlayResult> {
    const { source } = item;
    if (source.kind === "files") return yield* playFiles(item, source.urls, source.verb);
    yield* wait(scheduler.sleep(TIMINGS.playbackStart));
    item.started?.();
    const { heardMs, interrupted } = yield* listenFor(item, source, source.durationMs);
    if (interrupted) return yield* broken(heardMs, heardMs);
    yield* wait(scheduler.sleep(TIMINGS.playbackEnd));
    return report(heardMs, heardMs);
  }

  function* run(): Fiber<void> {
    for (;;) {
      const item = queue.shift();
      if (!item) return;
      current = item;
      try {
        item.result.settle(yield* playItem(item));
      } catch (error) {
        if (!(error instanceof SimulatedFailure)) throw error;
        item.result.fail(error);
      }
      current = undefined;
    }
  }

  return {
    leg,
    get connected() {
      return connected;
    },
    play: (source, started) => {
      const item: Item = { source, started, result: createSignal(), interrupt: createSignal() };
      if (!connected) {
        item.result.fail(new SimulatedFailure("the endpoint is gone"));
        return item.result;
      }
      queue.push(item);
      if (!current) scheduler.spawn(run());
      return item.result;
    },
    breakPlayback: () => {
      // What was broken off already still takes its time to end: a second break is meant for what follows it.
      const playing = current?.interrupt.settled ? queue[0] : current;
      playing?.interrupt.settle("broken");
    },
    onKey: (listener) => {
      keyListeners.add(listener);
      return () => keyListeners.delete(listener);
    },
    forgetKeys: () => keyListeners.clear(),
    onDestroy: (listener) => {
      destroyListeners.push(listener);
    },
    leave: () => {
      left = true;
    },
    destroy: () => {
      const gone = createSignal<void>();
      if (!connected) {
        gone.settle();
        return gone;
      }
      connected = false;
      stopKeys();
      keyListeners.clear();
      scheduler.after(TIMINGS.endpointRelease, () => {
        for (const item of queue.splice(0)) item.result.fail(new SimulatedFailure("the endpoint is gone"));
        current?.interrupt.settle("destroyed");
        for (const listener of destroyListeners.splice(0)) listener();
        gone.settle();
      });
      return gone;
    },
  };
}
