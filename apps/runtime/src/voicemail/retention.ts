import type { Connection } from "mongoose";
import { systemScope } from "../access/index.ts";
import type { Companies } from "../companies/index.ts";
import type { Clock } from "../ports/index.ts";
import type { VoicemailBoxes } from "./boxes.ts";
import { REGRET_MS, RETENTION_WITHOUT_BOX_DAYS } from "./messages.ts";
import { type MessageDocument, messageCollection } from "./model.ts";

const DAY_MS = 86_400_000;
const EACH_MS = 10 * 60_000;
const AT_ONCE = 100;

/**
 * Deletes for good what has been kept long enough: messages older than their box says, and those that were deleted a week ago. The audio goes
 * first: a message that is left without is found again by the next round, audio without a message by nobody.
 */
export function createRetention(given: {
  readonly connection: Connection;
  readonly companies: Companies;
  readonly boxes: VoicemailBoxes;
  readonly clock: Clock;
  /** Forgets wrong codes that count no more. */
  readonly sweepTries: () => Promise<void>;
  /** Deletes recorded conversations that were kept long enough. */
  readonly sweepConversations: () => Promise<void>;
  readonly removeAudio: (companyId: string, sha256: string) => Promise<void>;
  readonly log: { warn(details: object, message: string): void };
}) {
  const { companies, boxes, clock, log } = given;
  const collection = messageCollection(given.connection);
  let cancel = () => {};
  let stopped = false;

  async function remove(filter: object): Promise<void> {
    for (;;) {
      const old: MessageDocument[] = await collection.find(filter).limit(AT_ONCE).toArray();
      for (const { _id, companyId, sha256 } of old) {
        await given.removeAudio(companyId, sha256);
        await collection.deleteOne({ _id, companyId });
      }
      if (old.length < AT_ONCE) return;
    }
  }

  /** One round over every company. */
  async function sweep(): Promise<void> {
    const now = clock.now();
    await given.sweepTries();
    await given.sweepConversations();
    for (const { companyId } of await companies.all()) {
      const all = await boxes.list(systemScope(companyId));
      for (const { boxId, retentionDays } of all) {
        await remove({ companyId, boxId, receivedAt: { $lt: now - retentionDays * DAY_MS } });
      }
      const known = all.map(({ boxId }) => boxId);
      const old = now - RETENTION_WITHOUT_BOX_DAYS * DAY_MS;
      await remove({ companyId, boxId: { $nin: known }, receivedAt: { $lt: old } });
      await remove({ companyId, state: "deleted", deletedAt: { $lt: now - REGRET_MS } });
    }
  }

  const again = () => {
    if (stopped) return;
    cancel = clock.at(clock.now() + EACH_MS, () => {
      sweep()
        .catch((error) => log.warn({ err: error }, "old messages could not be deleted; trying again"))
        .finally(again);
    });
  };

  return {
    sweep,
    /** Sweeps from now on, in rounds. Several processes may: what one deleted the other does not find. */
    start: again,
    stop(): void {
      stopped = true;
      cancel();
    },
  };
}
