/** Quarters of an hour of UTC: the finest step of a report. Every time zone of today begins its days, hours and quarters with one. */
export const QUARTER_MS = 900_000;

export const quarterOf = (at: number): number => Math.floor(at / QUARTER_MS) * QUARTER_MS;

/** The quarters that have to do with the time from `from` to before `until`, or with the moment `from` alone. */
export function quartersOf(from: number, until: number): number[] {
  const first = quarterOf(from);
  const count = Math.max(1, Math.ceil((until - first) / QUARTER_MS));
  return Array.from({ length: count }, (_, at) => first + at * QUARTER_MS);
}
