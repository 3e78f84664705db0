/** What is watched: since when it has been bad, or good, without a break; null: not so now. */
export interface Watched {
  readonly badSince: number | null;
  readonly goodSince: number | null;
}

export interface Patience {
  /** Bad for so long, it rings. */
  readonly raiseMs: number;
  /** Good for so long, it is over. */
  readonly clearMs: number;
}

export const unwatched: Watched = { badSince: null, goodSince: null };

/**
 * What follows from one look at a thing: whether an alarm is raised, or the one that rings is over. A thing that flutters raises one alarm,
 * not many, and ends it when it has been good for a while. Pure.
 */
export function look(
  before: Watched,
  { bad, rings, now }: { readonly bad: boolean; readonly rings: boolean; readonly now: number },
  { raiseMs, clearMs }: Patience,
): { readonly watched: Watched; readonly change: "raised" | "cleared" | null } {
  const watched = bad
    ? { badSince: before.badSince ?? now, goodSince: null }
    : { badSince: null, goodSince: before.goodSince ?? now };
  const { badSince, goodSince } = watched;
  if (!rings && badSince !== null && now - badSince >= raiseMs) return { watched, change: "raised" };
  if (rings && goodSince !== null && now - goodSince >= clearMs) return { watched, change: "cleared" };
  return { watched, change: null };
}
