import type { RunChange } from "@cordboard/api";

/** Something that was answered or gone on to, and that the server has not said that it keeps. */
export interface PendingChange {
  readonly id: string;
  readonly callId: string;
  readonly scriptId: string;
  readonly change: RunChange;
  /** The browser's milliseconds. */
  readonly at: number;
}

interface Placed {
  readonly name: string;
  readonly change: PendingChange;
}

/** What a server no longer takes of a call that was led so long ago. */
const LATE_MS = 12 * 3_600_000;

/** Digits of the place of a change among the others; milliseconds since 1970 have thirteen. */
const ORDER_DIGITS = 15;

type Kept = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** The beginning of the names under which an operator's unsent answers lie: in this browser, for all its tabs, and after a reload. */
const placeOf = (operatorId: string) => `cordboard.answers.${operatorId}.`;

/**
 * The answers of one operator that are still to be sent, the oldest first. All tabs of the browser have the same; each may send them, and one
 * that is sent twice counts once. Each lies under a name of its own: of a list that two tabs write at once, one would lose what the other added.
 * A browser that keeps nothing has them for as long as the page is open.
 */
export function createPendingChanges(store: Kept, operatorId: string, now: () => number) {
  const place = placeOf(operatorId);
  let unkept: readonly Placed[] = [];
  const removed = new Set<string>();

  const placed = (): readonly Placed[] =>
    [...namesIn(store, place), ...unkept]
      .map((one) => (typeof one === "string" ? read(store, one) : one))
      .filter((one) => one !== null)
      .filter(({ change }) => change.at > now() - LATE_MS && !removed.has(change.id))
      .sort((a, b) => (a.name < b.name ? -1 : 1));

  return {
    place,
    list: (): readonly PendingChange[] => placed().map(({ change }) => change),
    add(change: PendingChange): void {
      // After all that is there, also where the clock was set back meanwhile.
      const last = Number(
        placed()
          .at(-1)
          ?.name.slice(place.length, place.length + ORDER_DIGITS) ?? 0,
      );
      const order = String(Math.max(change.at, last + 1)).padStart(ORDER_DIGITS, "0");
      const name = `${place}${order}.${change.id}`;
      try {
        store.setItem(name, JSON.stringify(change));
      } catch {
        unkept = [...unkept, { name, change }];
      }
    },
    remove(ids: readonly string[]): void {
      for (const { name, change } of placed()) {
        if (!ids.includes(change.id)) continue;
        unkept = unkept.filter((one) => one.name !== name);
        try {
          store.removeItem(name);
        } catch {
          removed.add(change.id);
        }
      }
    },
  };
}

export type PendingChanges = ReturnType<typeof createPendingChanges>;

/** Whether a browser has something unsent of an operator. */
export const hasPending = (store: Kept, operatorId: string) => namesIn(store, placeOf(operatorId)).length > 0;

function namesIn(store: Kept, place: string): readonly string[] {
  try {
    return Array.from({ length: store.length }, (_, at) => store.key(at) ?? "").filter((name) =>
      name.startsWith(place),
    );
  } catch {
    return [];
  }
}

/** What another version of this page may have written is not read. */
function read(store: Kept, name: string): Placed | null {
  try {
    const found: unknown = JSON.parse(store.getItem(name) ?? "null");
    return isPending(found) ? { name, change: found } : null;
  } catch {
    return null;
  }
}

function isPending(value: unknown): value is PendingChange {
  return (
    typeof value === "object" &&
    value !== null &&
    ["id", "callId", "scriptId"].every((name) => typeof Reflect.get(value, name) === "string") &&
    typeof Reflect.get(value, "at") === "number" &&
    typeof Reflect.get(value, "change") === "object"
  );
}
