import type { CallCentreStore } from "../call-centre/index.ts";
import type { NewEvent } from "./new-event.ts";
import { eventsOfWrites } from "./of-writes.ts";

/**
 * The call centre's store, whose commits are told where they are carried out. A commit is carried out before the next one is made, and again by
 * whoever takes the lease of somebody who died: so what it tells is told, once at least.
 */
export function tellingStore(
  store: CallCentreStore,
  tell: (events: readonly NewEvent[]) => Promise<void>,
): CallCentreStore {
  return {
    ...store,
    async apply(writes) {
      await Promise.all([store.apply(writes), tell(eventsOfWrites(writes))]);
    },
  };
}
