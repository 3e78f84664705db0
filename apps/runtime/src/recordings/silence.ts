/** 16 bit samples at 8,000 a second: 16 bytes a millisecond. */
export const BYTES_PER_MS = 16;
const FRAME_BYTES = 20 * BYTES_PER_MS;
/** Root mean square of a frame, of 32,768, above which somebody is heard: about -40 dB, which a quiet room on a telephone stays under. */
const HEARD_RMS = 330;

/**
 * Notices that a caller has fallen silent, by what was received: time without audio is no silence. jambonz's own time-out of a `listen` does
 * nothing (jambonz 0.9.8, seen: f4).
 */
export class SilenceWatch {
  readonly #silenceMs: number;
  #rest: Buffer = Buffer.alloc(0);
  #atMs = 0;
  #lastHeardMs = 0;

  constructor(silenceMs: number) {
    this.#silenceMs = silenceMs;
  }

  /** Where the last sound ended, ms from the beginning. */
  get lastHeardMs(): number {
    return this.#lastHeardMs;
  }

  /** Takes L16 little-endian; true once it has been silent for long enough. */
  hear(audio: Buffer): boolean {
    const all = this.#rest.length === 0 ? audio : Buffer.concat([this.#rest, audio]);
    let at = 0;
    for (; at + FRAME_BYTES <= all.length; at += FRAME_BYTES) {
      this.#atMs += 20;
      if (rms(all, at, at + FRAME_BYTES) > HEARD_RMS) this.#lastHeardMs = this.#atMs;
    }
    this.#rest = Buffer.from(all.subarray(at));
    return this.#atMs - this.#lastHeardMs >= this.#silenceMs;
  }
}

function rms(audio: Buffer, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 2) sum += audio.readInt16LE(at) ** 2;
  return Math.sqrt((2 * sum) / (to - from));
}
