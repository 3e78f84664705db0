import type { Output, Playing } from "./output-device.ts";
import { ringPattern } from "./ring-pattern.ts";

/** `blocked`: the browser plays nothing before somebody clicks or types on the page. `missing`: it cannot play sound at all. */
export type SoundState = "ready" | "blocked" | "missing";

export interface Ring {
  state(): SoundState;
  subscribe(listener: () => void): () => void;
  /** Asks the browser to let sound through; only works in a click or key press. */
  unlock(): Promise<SoundState>;
  /** Rings for `ms` or until `stop`, in one of the operator's tabs: in which, the browser's locks decide. */
  start(ms: number): void;
  stop(): void;
  /** On which device. */
  readonly output: Output;
  /** Rings once, to be heard. Resolves with whether the browser let it. */
  test(): Promise<SoundState>;
}

const loudness = 0.18;

/** The sound of an offered call, made by Web Audio: no file to fetch when it matters. */
export function createRing(output: Output): Ring {
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  let context: AudioContext | null | undefined;
  let stopPlaying: (() => void) | null = null;
  let ringing: AbortController | null = null;

  const audio = (): AudioContext | null => {
    if (context === undefined) {
      context = "AudioContext" in globalThis ? new AudioContext() : null;
      context?.addEventListener("statechange", tell);
      if (context && canPlayElsewhere(context)) output.attach(context);
    }
    return context;
  };
  const state = (): SoundState => {
    const now = audio();
    if (now === null) return "missing";
    return now.state === "running" ? "ready" : "blocked";
  };
  const unlock = async (): Promise<SoundState> => {
    // A browser that still wants a gesture leaves the promise open for ever instead of refusing.
    await Promise.race([audio()?.resume(), new Promise((resolve) => setTimeout(resolve, 500))]).catch(() => undefined);
    return state();
  };
  const play = (ms: number) => {
    stopPlaying?.();
    const on = audio();
    if (on) stopPlaying = playNotes(on, ms / 1000);
  };

  return {
    output,
    state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    unlock,
    start(ms) {
      this.stop();
      const mine = new AbortController();
      ringing = mine;
      const until = performance.now() + ms;
      const ringOut = () =>
        void inOneTab(mine.signal, () => {
          if (!mine.signal.aborted) play(until - performance.now());
        });
      if (state() === "ready") return ringOut();
      // Blocked: another tab may ring. A click on this one lets the sound through, and then it does.
      const onceReady = () => {
        if (state() !== "ready") return;
        listeners.delete(onceReady);
        ringOut();
      };
      listeners.add(onceReady);
      mine.signal.addEventListener("abort", () => listeners.delete(onceReady), { once: true });
    },
    stop() {
      ringing?.abort();
      ringing = null;
      stopPlaying?.();
      stopPlaying = null;
    },
    async test() {
      const found = await unlock();
      if (found === "ready") play(1_400);
      return found;
    },
  };
}

/** Some browsers only play where the machine plays. */
const canPlayElsewhere = (context: AudioContext): context is AudioContext & Playing => "setSinkId" in context;

/** Does `work` in the first of this browser's tabs that asks, and keeps the others from it until `signal` is aborted. */
async function inOneTab(signal: AbortSignal, work: () => void): Promise<void> {
  const aborted = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  // Without a secure origin there are no locks: then every tab rings.
  if (!("locks" in navigator)) return work();
  await navigator.locks
    .request("cordboard.ring", { signal }, async () => {
      work();
      await aborted;
    })
    .catch(() => undefined);
}

/** Plays the ring for `seconds`; the answer stops it. Each note swells and fades in a few milliseconds, so that nothing clicks. */
function playNotes(context: AudioContext, seconds: number): () => void {
  const start = context.currentTime + 0.02;
  const volume = context.createGain();
  volume.gain.value = loudness;
  volume.connect(context.destination);
  const sources = ringPattern(seconds).map((note) => {
    const source = context.createOscillator();
    const shape = context.createGain();
    const begin = start + note.at;
    const end = begin + note.seconds;
    source.type = "triangle";
    source.frequency.value = note.hertz;
    shape.gain.setValueAtTime(0, begin);
    shape.gain.linearRampToValueAtTime(1, begin + 0.012);
    shape.gain.setValueAtTime(1, end - 0.02);
    shape.gain.linearRampToValueAtTime(0, end);
    source.connect(shape).connect(volume);
    source.start(begin);
    source.stop(end + 0.01);
    return source;
  });
  return () => {
    for (const source of sources) source.stop();
    volume.disconnect();
  };
}
