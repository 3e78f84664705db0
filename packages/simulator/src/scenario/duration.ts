/** A span of time as a scenario says it: `"6s"`, `"500ms"`, `"2m"`, `"1h"`, or milliseconds. */
export type Duration = number | `${number}${"ms" | "s" | "m" | "h"}`;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds. Throws when it is not a duration. */
export function milliseconds(duration: Duration): number {
  if (typeof duration === "number") return duration;
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(duration) ?? [];
  const factor = unit === undefined ? undefined : UNITS[unit];
  if (amount === undefined || factor === undefined) throw new Error(`"${duration}" is not a duration such as "6s"`);
  return Number(amount) * factor;
}
