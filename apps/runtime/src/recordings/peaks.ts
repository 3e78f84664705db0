/** How many values a drawing of a recording has. */
const MOST_PEAKS = 120;
/** Of 32,768: what is this loud is drawn full. Voices on a telephone seldom reach further. */
const FULL = 16_000;

/**
 * How loud a recording is from its beginning to its end, 0 to 100 each, for drawing it: of 16 bit samples, the loudest of each stretch of equal
 * length. Drawn on a root, because ears hear so: a quiet voice is seen beside a loud one.
 */
export function peaksOf(samples: Buffer, most = MOST_PEAKS): number[] {
  const count = Math.floor(samples.length / 2);
  const stretches = Math.min(most, count);
  return Array.from({ length: stretches }, (_, index) => {
    const from = Math.floor((index * count) / stretches);
    const to = Math.floor(((index + 1) * count) / stretches);
    let loudest = 0;
    for (let at = from; at < to; at++) loudest = Math.max(loudest, Math.abs(samples.readInt16LE(at * 2)));
    return Math.min(100, Math.round(100 * Math.sqrt(loudest / FULL)));
  });
}
