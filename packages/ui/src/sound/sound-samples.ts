/** Arithmetic of recorded sound: samples from -1 to 1, one channel. Pure; nothing given is changed. */

/** Some of the samples: from the first, to before the last. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A stretch with one of its ends elsewhere: within the sound, and never shorter than `least`. */
export function withEnd(
  stretch: Stretch,
  end: keyof Stretch,
  at: number,
  { length, least }: { readonly length: number; readonly least: number },
): Stretch {
  const place = Math.round(at);
  return end === "from"
    ? { ...stretch, from: Math.max(0, Math.min(place, stretch.to - least)) }
    : { ...stretch, to: Math.min(length, Math.max(place, stretch.from + least)) };
}

/** Below this nobody hears anything on a telephone, dB of the loudest tenth of a second; the server refuses what is below. */
export const silentBelowDb = -55;
/** Below this callers strain to hear. */
export const quietBelowDb = -36;
/** As loud as the announcements that ship: the loudest tenth of a second, dB, and the highest sample that is allowed. */
export const announcementDb = -16;
export const ceiling = 0.708;
/** Where a voice begins and ends. */
const voiceAboveDb = -45;

/** The channels of a sound as one. */
export function mixed(channels: readonly Float32Array[]): Float32Array {
  const [first] = channels;
  if (!first) return new Float32Array(0);
  if (channels.length === 1) return first;
  return first.map((_, at) => channels.reduce((sum, channel) => sum + (channel[at] ?? 0), 0) / channels.length);
}

/** The highest sample of each of `count` stretches of equal length, 0 to 1: what a waveform draws. */
export function peaksOf(samples: Float32Array, count: number): readonly number[] {
  return Array.from({ length: Math.max(0, Math.floor(count)) }, (_, index) => {
    const from = Math.floor((index * samples.length) / count);
    return peakOf(samples.subarray(from, Math.max(from + 1, Math.floor(((index + 1) * samples.length) / count))));
  });
}

/** The highest sample, whatever its sign. */
export function peakOf(samples: Float32Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return peak;
}

/** How loud the loudest tenth of a second is, dB (RMS; a full sine is -3). `-Infinity` for nothing. As the server measures it. */
export function loudnessDb(samples: Float32Array, rate: number): number {
  return decibels(Math.max(0, ...powers(samples, Math.max(1, Math.round(rate / 10)))));
}

/** The samples as loud as announcements are, none of them above the ceiling. Silence stays silence. */
export function normalised(samples: Float32Array, rate: number): Float32Array {
  const peak = peakOf(samples);
  const loud = loudnessDb(samples, rate);
  if (peak === 0 || !Number.isFinite(loud)) return samples.slice();
  const gain = Math.min(10 ** ((announcementDb - loud) / 20), ceiling / peak);
  // Rounding must not lift a sample over the ceiling.
  return samples.map((sample) => Math.max(-ceiling, Math.min(ceiling, sample * gain)));
}

/** From where to where something is heard, with a breath before and after; the whole when nothing is. */
export function audibleStretch(samples: Float32Array, rate: number): Stretch {
  const window = Math.max(1, Math.round(rate / 100));
  const heard = powers(samples, window).flatMap((power, index) => (decibels(power) > voiceAboveDb ? index : []));
  const [first] = heard;
  const last = heard.at(-1);
  if (first === undefined || last === undefined) return { from: 0, to: samples.length };
  const breath = Math.round(rate / 10);
  return {
    from: Math.max(0, first * window - breath),
    to: Math.min(samples.length, (last + 1) * window + breath),
  };
}

/** A stretch of the samples, its ends faded over a few milliseconds: a cut does not click. */
export function cut(samples: Float32Array, { from, to }: Stretch, rate: number): Float32Array {
  const kept = samples.slice(Math.max(0, from), Math.max(0, to));
  const fade = Math.min(Math.round(rate / 200), Math.floor(kept.length / 2));
  for (let at = 0; at < fade; at++) {
    const share = at / fade;
    if (from > 0) kept[at] = (kept[at] ?? 0) * share;
    const end = kept.length - 1 - at;
    if (to < samples.length) kept[end] = (kept[end] ?? 0) * share;
  }
  return kept;
}

/** Whether the microphone or the file was louder than fits, again and again: the tops of its waves are cut off, and nothing mends that. */
export function isClipped(samples: Float32Array): boolean {
  let tops = 0;
  let run = 0;
  for (const sample of samples) {
    run = Math.abs(sample) >= 0.98 ? run + 1 : 0;
    if (run === 4) tops++;
  }
  return tops >= 3;
}

/** The mean power of each window; a short rest at the end counts as if silence followed. */
function powers(samples: Float32Array, window: number): readonly number[] {
  return Array.from({ length: Math.ceil(samples.length / window) }, (_, index) => {
    const part = samples.subarray(index * window, (index + 1) * window);
    return part.reduce((sum, sample) => sum + sample * sample, 0) / window;
  });
}

const decibels = (power: number): number => (power === 0 ? Number.NEGATIVE_INFINITY : 10 * Math.log10(power));
