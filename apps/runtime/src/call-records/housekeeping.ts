import type { Connection } from "mongoose";
import type { Companies } from "../companies/index.ts";
import type { Clock } from "../ports/index.ts";
import { createRecorder, type RecorderGiven } from "./recorder.ts";
import { deleteOldCalls } from "./retention.ts";
import type { ToldCalls } from "./told-calls.ts";

export interface HousekeepingGiven {
  readonly connection: Connection;
  readonly told: ToldCalls;
  readonly companies: Pick<Companies, "all">;
  readonly clock: Clock;
  readonly onRecorded?: NonNullable<RecorderGiven["onRecorded"]>;
  readonly onNoted?: NonNullable<RecorderGiven["onNoted"]>;
  readonly onAnswered?: NonNullable<RecorderGiven["onAnswered"]>;
  readonly log: {
    info(details: object, message: string): void;
    warn(details: object, message: string): void;
  };
}

/** The first sweep is not at start, where callers are taken up again; then so often, ms. */
const FIRST_SWEEP_MS = 60_000;
const SWEEP_MS = 3_600_000;

/** What is done for calls that are over: each is recorded, and deleted when its company keeps it no longer. In every process: repeating does no harm. */
export function createHousekeeping({ companies, clock, log, ...given }: HousekeepingGiven) {
  const recorder = createRecorder({ ...given, clock, log });
  let cancel = () => {};
  let running: Promise<void> = Promise.resolve();
  let closed = false;

  async function sweep(): Promise<void> {
    for (const { companyId, callRetentionDays: days } of await companies.all()) {
      const deleted = await deleteOldCalls(given.connection, companyId, {
        days,
        now: clock.now(),
        stopped: () => closed,
      });
      if (deleted.calls + deleted.callbacks + deleted.shiftTimes > 0)
        log.info({ companyId, days, ...deleted }, "old calls are deleted");
    }
  }

  const sweepIn = (ms: number) => {
    cancel = clock.at(clock.now() + ms, () => {
      running = sweep()
        .catch((error) => log.warn({ err: error }, "old calls could not be deleted; trying again later"))
        .finally(() => closed || sweepIn(SWEEP_MS));
    });
  };

  return {
    start(): void {
      recorder.start();
      sweepIn(FIRST_SWEEP_MS);
    },
    async close(): Promise<void> {
      closed = true;
      cancel();
      await Promise.all([recorder.close(), running]);
    },
  };
}
