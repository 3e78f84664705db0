/** How much of each thing there was; what is not named was not there. */
export type Tally = Record<string, number>;

export function add(tally: Tally, key: string, amount = 1): void {
  if (amount !== 0) tally[key] = (tally[key] ?? 0) + amount;
}

export function addTally(tally: Tally, more: Tally): void {
  for (const key in more) tally[key] = (tally[key] ?? 0) + (more[key] ?? 0);
}

export function tallyOf(tallies: Record<string, Tally>, key: string): Tally {
  tallies[key] ??= {};
  return tallies[key];
}
