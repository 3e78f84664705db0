import type { TelephoneCall } from "@cordboard/simulator/server";

type Sound = TelephoneCall["hears"];

/** What one telephone plays into the ear of who listens to it. */
export interface Ear {
  /** Plays `sound`, begun at `since` (UTC ms by this browser's clock): what has gone by is skipped. */
  hear(sound: Sound, since: number): void;
  /** The bell of a telephone that rings. */
  ring(): void;
  quiet(): void;
}

/** French ring-back: 440 Hz, 1.5 s on, 3.5 s off. The bell is ours. */
const RING_BACK = { frequencies: [440], onMs: 1_500, everyMs: 5_000 };
const BELL = { frequencies: [660, 880], onMs: 900, everyMs: 3_000 };

const RETRY_MS = 500;

/** Must be made after a click: browsers keep sound back until then. */
export function createEar(): Ear {
  const context = new AudioContext();
  const loaded = new Map<string, Promise<AudioBuffer>>();
  let stop = () => {};
  let turn = 0;

  const load = (url: string) => {
    const known = loaded.get(url);
    if (known) return known;
    const fetched = fetch(`/lab/audio?url=${encodeURIComponent(url)}`)
      .then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(new Error(String(answer.status)))))
      .then((bytes) => context.decodeAudioData(bytes));
    loaded.set(url, fetched);
    fetched.catch(() => loaded.delete(url));
    return fetched;
  };

  const cadence = ({ frequencies, onMs, everyMs }: typeof BELL) => {
    const level = context.createGain();
    level.gain.value = 0;
    level.connect(context.destination);
    const oscillators = frequencies.map((frequency) => {
      const oscillator = context.createOscillator();
      oscillator.frequency.value = frequency;
      oscillator.connect(level);
      oscillator.start();
      return oscillator;
    });
    const once = () => {
      const at = context.currentTime;
      level.gain.setTargetAtTime(0.08, at, 0.01);
      level.gain.setTargetAtTime(0, at + onMs / 1000, 0.02);
    };
    once();
    const timer = setInterval(once, everyMs);
    return () => {
      clearInterval(timer);
      for (const oscillator of oscillators) oscillator.stop();
      level.disconnect();
    };
  };

  const quiet = () => {
    turn += 1;
    stop();
    stop = () => {};
    if ("speechSynthesis" in window) speechSynthesis.cancel();
  };

  return {
    quiet,
    ring() {
      quiet();
      stop = cadence(BELL);
    },
    hear(sound, since) {
      quiet();
      const mine = turn;
      void context.resume();
      if (sound.kind === "ringBack") stop = cadence(RING_BACK);
      if (sound.kind === "tone") stop = cadence({ frequencies: [1_000], onMs: sound.durationMs, everyMs: 1e9 });
      if (sound.kind === "speech" && "speechSynthesis" in window) {
        const words = new SpeechSynthesisUtterance(sound.text);
        words.lang = sound.language;
        speechSynthesis.speak(words);
      }
      if (sound.kind === "audio") {
        const play = (): void => {
          load(sound.url).then(
            (buffer) => {
              const gone = Math.max(0, (Date.now() - since) / 1000);
              if (mine !== turn || gone >= buffer.duration) return;
              const source = context.createBufferSource();
              source.buffer = buffer;
              source.connect(context.destination);
              source.start(0, gone);
              stop = () => source.stop();
            },
            () => {
              // The runtime may just be starting again; the telephone hears on meanwhile.
              if (mine === turn) setTimeout(() => mine === turn && play(), RETRY_MS);
            },
          );
        };
        play();
      }
    },
  };
}
