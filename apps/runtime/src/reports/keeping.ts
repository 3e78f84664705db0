import type { Company } from "@cordboard/api";
import type { Clock } from "../ports/index.ts";
import type { Reports } from "./service.ts";

const ROUND_MS = 15_000;
/** Between two days that are counted anew: calls come first. */
const ANEW_MS = 200;

/** Counts, round after round, what changed. Every process may: counting twice is counting once. */
export function createReportKeeping(given: {
  readonly reports: Pick<Reports, "round">;
  readonly companies: () => Promise<readonly Company[]>;
  readonly clock: Clock;
  readonly log: { warn(details: object, message: string): void };
}) {
  const { reports, companies, clock, log } = given;
  let cancel = () => {};
  let running: Promise<void> = Promise.resolve();
  let closed = false;

  async function roundOfAll(): Promise<boolean> {
    let done = true;
    for (const { companyId } of await companies()) if (!closed) done = (await reports.round(companyId)) && done;
    return done;
  }

  const again = (ms: number) => {
    if (closed) return;
    cancel = clock.at(clock.now() + ms, () => {
      running = roundOfAll().then(
        (done) => again(done ? ROUND_MS : ANEW_MS),
        (error) => {
          log.warn({ err: error }, "reports: what changed could not be counted; trying again");
          again(ROUND_MS);
        },
      );
    });
  };

  return {
    start: () => again(ROUND_MS),
    async close(): Promise<void> {
      closed = true;
      cancel();
      await running;
    },
  };
}
