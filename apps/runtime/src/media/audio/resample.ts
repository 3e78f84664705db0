import type { Sound } from "./read-wav.ts";

/** Zero crossings of the filter on either side: 16 put what telephones cannot carry 60 dB down within 400 Hz. */
const crossings = 16;
/** Kaiser window: how steep against how clean. */
const beta = 7;
/** Of half the new rate: where the filter begins to close. */
const passShare = 0.92;
/** Weights of the filter between two breaths. */
const weightsAtOnce = 10_000;
/** Output samples between two breaths: a few ms of work, so that calls of the same process are not kept waiting. */
const stretch = 1_000;

/**
 * The sound at another rate, by a windowed sinc: nothing above half the new rate comes back as noise. Takes a breath (`pause`) every few
 * milliseconds of work.
 */
export async function resample({ rate, samples }: Sound, newRate: number, pause: () => Promise<void>): Promise<Sound> {
  if (rate === newRate) return { rate, samples };
  const common = greatestCommonDivisor(rate, newRate);
  const phases = newRate / common;
  const step = rate / common;
  const { taps, table } = await filterTable({ rate, newRate, phases }, pause);
  const made = new Float32Array(Math.floor((samples.length * newRate) / rate));
  const before = taps / 2 - 1;
  for (let out = 0; out < made.length; out++) {
    const place = out * step;
    const first = Math.floor(place / phases) - before;
    const row = (place % phases) * taps;
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) sum += (samples[first + tap] ?? 0) * (table[row + tap] ?? 0);
    made[out] = sum;
    if (out % stretch === stretch - 1) await pause();
  }
  return { rate: newRate, samples: made };
}

/** For each place between two samples the weights of their neighbours; each row sums to one, so that loudness stays. */
async function filterTable(
  { rate, newRate, phases }: { readonly rate: number; readonly newRate: number; readonly phases: number },
  pause: () => Promise<void>,
): Promise<{ taps: number; table: Float32Array }> {
  const narrow = Math.min(1, newRate / rate) * passShare;
  const reach = Math.ceil(crossings / narrow);
  const taps = reach * 2;
  const table = new Float32Array(phases * taps);
  // A rate that shares nothing with the new one has a row for every sample of a second: millions of weights.
  const rows = Math.max(1, Math.floor(weightsAtOnce / taps));
  for (let phase = 0; phase < phases; phase++) {
    if (phase % rows === rows - 1) await pause();
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const distance = tap - (reach - 1) - phase / phases;
      const weight = sinc(distance * narrow) * kaiser(distance / reach);
      table[phase * taps + tap] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < taps; tap++) table[phase * taps + tap] = (table[phase * taps + tap] ?? 0) / sum;
  }
  return { taps, table };
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : bessel(beta * Math.sqrt(1 - x * x)) / atCentre;
}

/** The modified Bessel function of order zero, by its series. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > sum * 1e-9; n++) {
    term *= (x / 2 / n) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** What the window is measured by. Last: it is worked out when the file is read. */
const atCentre = bessel(beta);
