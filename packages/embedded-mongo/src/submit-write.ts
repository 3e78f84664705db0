import type { Write } from "./group-commit.ts";
import type { Request } from "./request.ts";
import type { Store } from "./store.ts";

/** Hands a command's write to the group commit, within the time that the command may take. */
export function submitWrite<T>(request: Request, store: Store, start: () => Write<T>): Promise<T> {
  return store.writes.submit(
    start,
    request.timeLimit(() => store.clock.now()),
  );
}

/** The same for a write that is done in one go. */
export function submitWholeWrite<T>(request: Request, store: Store, write: () => T): Promise<T> {
  return store.writes.submitWhole(
    write,
    request.timeLimit(() => store.clock.now()),
  );
}
