/** Members that are the store's business, not people's. */
const ownBusiness = new Set(["_id", "companyId", "rev", "createdAt", "codeKey"]);

/** Whatever is called so is told as set or changed, never shown. */
const secret = /password|secret|token|apikey|codehash/i;
const hidden = "•••";

/** Longer values are told by their length: the log is for reading. */
const longest = 4_000;

interface Told {
  readonly before: object | null;
  readonly after: object | null;
}

/**
 * What the audit log says of a change: secrets hidden (a changed one shows as such), what is long told by its length, and of a thing that
 * was there before and after only the members that differ.
 */
export function toldValues(before: object | null, after: object | null): Told {
  if (before === null || after === null) return { before: before && plain(before), after: after && plain(after) };
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const differing = names.filter((name) => text(Reflect.get(before, name)) !== text(Reflect.get(after, name)));
  const only = (from: object) => plain(Object.fromEntries(differing.map((name) => [name, Reflect.get(from, name)])));
  return { before: only(before), after: only(after) };
}

function plain(value: object): object {
  const told = Object.entries(value).filter(([name, member]) => !ownBusiness.has(name) && member !== undefined);
  return Object.fromEntries(told.map(([name, member]) => [name, secret.test(name) ? hidden : shown(member)]));
}

function shown(value: unknown): unknown {
  if (Array.isArray(value)) return short(value.map(shown));
  if (typeof value === "object" && value !== null) return short(plain(value));
  return short(value);
}

function short(value: unknown): unknown {
  const { length } = text(value);
  return length <= longest ? value : `… (${length})`;
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? "";
}
