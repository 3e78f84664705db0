import type { AuditEntry } from "@cordboard/api";

/** One member of what was changed: as it was, as it is; null: it was or is not there. */
export type ChangedMember = { readonly name: string; readonly before: string | null; readonly after: string | null };

/** What became of what, member by member, in the order of their names; members that are the same are left out. */
export function changedMembers({ before, after }: Pick<AuditEntry, "before" | "after">): readonly ChangedMember[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].sort();
  return names
    .map((name) => ({ name, before: written(before, name), after: written(after, name) }))
    .filter((member) => member.before !== member.after);
}

function written(values: AuditEntry["before"], name: string): string | null {
  if (values === null || !Object.hasOwn(values, name)) return null;
  const value = values[name];
  if (value === null) return "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}
