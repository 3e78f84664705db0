import type { AuditEntry } from "@cordboard/api";

/** One member of what was changed: as it was, as it is; null: it was or is not there. */
export type ChangedMember = { readonly name: string; readonly before: string | null; readonly after: string | null };

/** Writes one plain value of a member for the reader; `name` is the member's own, which says what a number counts. */
export type WriteValue = (name: string, value: string | number | boolean) => string;

/** A member that is empty; that one is there at all is no news. */
const NOTHING = "–";

/**
 * What became of what, member by member, in the order of their names; members that are the same are left out, also inside of a member that
 * holds others (`target · number`).
 */
export function changedMembers(
  { before, after }: Pick<AuditEntry, "before" | "after">,
  write: WriteValue,
): readonly ChangedMember[] {
  const was = members(before ?? {}, write);
  const is = members(after ?? {}, write);
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .map((name) => ({ name, before: was.get(name) ?? null, after: is.get(name) ?? null }))
    .filter(({ before: one, after: other }) => (one ?? NOTHING) !== (other ?? NOTHING));
}

function members(values: object, write: WriteValue, path = ""): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(values).flatMap(([name, value]: [string, unknown]) => {
      const whole = path === "" ? name : `${path} · ${name}`;
      return isGroup(value) ? [...members(value, write, whole)] : [[whole, written(name, value, write)] as const];
    }),
  );
}

const isGroup = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;

function written(name: string, value: unknown, write: WriteValue): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return write(name, value);
  if (value === null || typeof value !== "object") return NOTHING;
  if (Array.isArray(value))
    return value.length === 0 ? NOTHING : value.map((one) => written(name, one, write)).join(", ");
  const parts = Object.entries(value).map(
    ([part, inside]: [string, unknown]) => `${part} ${written(part, inside, write)}`,
  );
  return parts.length === 0 ? NOTHING : `(${parts.join(" · ")})`;
}
