import { type CompanyFacts, hoursFacts, unservedQueues } from "@cordboard/flow-schema";

type Queues = Parameters<typeof unservedQueues>[0];
type Hours = Omit<Parameters<typeof hoursFacts>[0][number], "id"> & { readonly scheduleId: string };

/** What the rules of flows must know of how the company is now; of what could not be read (yet) nothing. */
export function companyState(
  queues: Queues | undefined,
  schedules: readonly Hours[] | undefined,
): Pick<CompanyFacts, "unserved" | "neverOpen" | "closedAt"> {
  return {
    ...(queues && { unserved: unservedQueues(queues) }),
    ...(schedules &&
      hoursFacts(
        schedules.map(({ scheduleId: id, ...one }) => ({ id, ...one })),
        Date.now(),
      )),
  };
}
