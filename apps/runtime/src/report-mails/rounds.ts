import type { Company } from "@cordboard/api";
import type { Clock } from "../ports/index.ts";
import type { ReportMails } from "./service.ts";

const ROUND_MS = 20_000;

/** Looks, round after round, which reports are to be mailed. In every process: two that find the same post one mail. */
export function createReportMailRounds(given: {
  readonly reportMails: Pick<ReportMails, "postDue">;
  readonly companies: () => Promise<readonly Company[]>;
  readonly clock: Clock;
  readonly log: { warn(details: object, message: string): void };
}) {
  const { reportMails, companies, clock, log } = given;
  let cancel = () => {};
  let running: Promise<void> = Promise.resolve();
  let closed = false;

  async function round(): Promise<void> {
    for (const { companyId } of await companies()) {
      await reportMails
        .postDue(companyId)
        .catch((error) => log.warn({ err: error, companyId }, "reports could not be mailed; trying again"));
    }
  }

  const again = () => {
    if (closed) return;
    cancel = clock.at(clock.now() + ROUND_MS, () => {
      running = round()
        .catch((error) => log.warn({ err: error }, "reports could not be mailed; trying again"))
        .finally(again);
    });
  };

  return {
    start: again,
    async close(): Promise<void> {
      closed = true;
      cancel();
      await running;
    },
  };
}
