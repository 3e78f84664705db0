/** How loud the loudest tenth of a second is, in dB below the loudest that fits (RMS; a full sine is -3). `-Infinity` for nothing. */
export function loudness(samples: Float32Array, rate: number): number {
  const window = Math.max(1, Math.round(rate / 10));
  let loudest = 0;
  for (let from = 0; from < samples.length; from += window) {
    const until = Math.min(samples.length, from + window);
    let sum = 0;
    for (let at = from; at < until; at++) sum += (samples[at] ?? 0) ** 2;
    // A short rest at the end counts as if silence followed: a click there is not a loud recording.
    loudest = Math.max(loudest, sum / window);
  }
  return loudest === 0 ? Number.NEGATIVE_INFINITY : 10 * Math.log10(loudest);
}

/** Below this nobody hears anything on a telephone: noise of a microphone that was not open. */
export const silentBelowDb = -55;
/** Below this callers strain to hear; speech is usually recorded at -30 to -12. */
export const quietBelowDb = -36;
