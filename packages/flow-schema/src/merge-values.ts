/** A place where two sides changed the same to something else; `undefined`: nothing stands there. */
export interface MergeConflict {
  /** JSON pointer into the document; nodes and members of lists that have ids are named by them, edges by `<from> <output>`. */
  readonly pointer: string;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

export type Side = "mine" | "theirs";

/** Hears of a conflict and says which side stands there. */
export type Judge = (conflict: MergeConflict) => Side;

type Members = ReadonlyMap<string, unknown>;
type Container = { readonly kind: "object" | "list"; readonly members: Members };

/**
 * Three values merged member by member: what only one side changed is taken from it, what both changed alike is taken, what both changed
 * to something else is the judge's. Lists whose members have ids (or are texts, each once) are merged by them. Pure.
 */
export function mergeValues(base: unknown, mine: unknown, theirs: unknown, pointer: string, judge: Judge): unknown {
  if (isSame(mine, theirs) || isSame(base, theirs)) return mine;
  if (isSame(base, mine)) return theirs;
  const [left, right] = [containerOf(mine), containerOf(theirs)];
  if (!left || !right || left.kind !== right.kind) {
    return judge({ pointer, base, mine, theirs }) === "mine" ? mine : theirs;
  }
  const from = containerOf(base);
  const before: Members = from?.kind === left.kind ? from.members : new Map();
  const merged = mergeMembers(before, left.members, right.members, pointer, judge);
  if (left.kind === "object") return Object.fromEntries(merged);
  return ordered(merged, before, left.members, right.members, pointer, judge);
}

/** Members by name, each merged by itself. Those of mine come first. */
export function mergeMembers(base: Members, mine: Members, theirs: Members, pointer: string, judge: Judge) {
  const merged = new Map<string, unknown>();
  for (const name of new Set([...mine.keys(), ...theirs.keys()])) {
    const inside = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const value = mergeValues(base.get(name), mine.get(name), theirs.get(name), inside, judge);
    if (value !== undefined) merged.set(name, value);
  }
  return merged;
}

/** The order of the side that changed it; of both, the judge's. What the other side added follows what it followed there. */
function ordered(
  merged: Members,
  base: Members,
  mine: Members,
  theirs: Members,
  pointer: string,
  judge: Judge,
): unknown[] {
  const inBoth = [...mine.keys()].filter((id) => theirs.has(id));
  const orderIn = (members: Members) => [...members.keys()].filter((id) => inBoth.includes(id));
  const [was, left, right] = [orderIn(base), orderIn(mine), orderIn(theirs)];
  // Judged only where both reordered what all three have: elsewhere there is nothing that one of them would undo.
  const shared = (ids: readonly string[]) => ids.filter((id) => base.has(id));
  const [leftShared, rightShared] = [shared(left), shared(right)];
  let side: Side = isSame(leftShared, was) ? "theirs" : "mine";
  if (!isSame(leftShared, was) && !isSame(rightShared, was) && !isSame(leftShared, rightShared)) {
    side = judge({ pointer, base: was, mine: leftShared, theirs: rightShared });
  }
  const [first, second] = side === "mine" ? [mine, theirs] : [theirs, mine];
  const ids = [...first.keys()].filter((id) => merged.has(id));
  const others = [...second.keys()].filter((id) => merged.has(id));
  others.forEach((id, index) => {
    if (ids.includes(id)) return;
    const before = others.slice(0, index).findLast((one) => ids.includes(one));
    ids.splice(before === undefined ? 0 : ids.indexOf(before) + 1, 0, id);
  });
  return ids.map((id) => merged.get(id));
}

function containerOf(value: unknown): Container | null {
  if (typeof value !== "object" || value === null) return null;
  if (!Array.isArray(value)) return { kind: "object", members: new Map(Object.entries(value)) };
  const members = new Map<string, unknown>();
  for (const item of value) {
    const id: unknown = typeof item === "object" && item !== null ? Reflect.get(item, "id") : item;
    if (typeof id !== "string" || members.has(id)) return null;
    members.set(id, item);
  }
  return { kind: "list", members };
}

/** Whether two values of JSON are the same; the order of an object's members means nothing. */
export function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [mine, theirs] = [new Map(Object.entries(left)), new Map(Object.entries(right))];
  return (
    mine.size === theirs.size && [...mine].every(([name, value]) => theirs.has(name) && isSame(value, theirs.get(name)))
  );
}
