/** Numbers by chance that are the same each time (mulberry32). */
export interface Chance {
  /** From 0 to before 1. */
  readonly share: () => number;
  /** A whole number of these, both included. */
  readonly between: (least: number, most: number) => number;
}

export function chance(seed: number): Chance {
  let state = seed;
  const share = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { share, between: (least, most) => Math.round(least + share() * (most - least)) };
}
