/** The statistics of the benchmark. Pure. Every function throws RangeError on no values: a figure of nothing would look like a result. */

/** The middle value; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value below which `percent` per cent of the values lie, interpolated between the two nearest. */
export function percentile(values: readonly number[], percent: number): number {
  if (values.length === 0) throw new RangeError("no values");
  const sorted = Float64Array.from(values).sort();
  const position = (Math.min(100, Math.max(0, percent)) / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? 0;
  return below + (above - below) * (position % 1);
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * How `y` grows with `x`: the slope of the straight line through the points on logarithmic scales, by least squares. 0 is "does not grow",
 * 1 is "in proportion". Throws RangeError when the points have fewer than two different `x`, or a coordinate that has no logarithm.
 */
export function logLogSlope(points: readonly Point[]): number {
  const logs = points.map(({ x, y }) => {
    if (!(x > 0 && y > 0)) throw new RangeError(`no logarithm: (${x}, ${y})`);
    return { x: Math.log(x), y: Math.log(y) };
  });
  const meanX = mean(logs.map(({ x }) => x));
  const meanY = mean(logs.map(({ y }) => y));
  const spread = sum(logs.map(({ x }) => (x - meanX) ** 2));
  if (spread === 0) throw new RangeError("a slope needs points at two places");
  return sum(logs.map(({ x, y }) => (x - meanX) * (y - meanY))) / spread;
}

/**
 * Medians of what interleaved repeats measured: one list of figures a contender, taken in turn, so that a machine that is busy for a while
 * is busy for all of them. The ratio is the median of the ratios of each turn.
 */
export function medianRatio(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length) throw new RangeError("repeats do not pair up");
  return median(ours.map((value, turn) => value / (theirs[turn] ?? Number.NaN)));
}

function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("no values");
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
