import { type CompanyFacts, hoursFacts, unservedQueues } from "@cordboard/flow-schema";

type Queues = Parameters<typeof unservedQueues>[0];
type Hours = Omit<Parameters<typeof hoursFacts>[0][number], "id"> & { readonly scheduleId: string };

/** What the rules of flows must know of how the company is now. */
export function companyState(
  queues: Queues,
  schedules: readonly Hours[],
  now: number,
): Pick<CompanyFacts, "unserved" | "neverOpen" | "closedAt"> {
  const hours = schedules.map(({ scheduleId: id, ...one }) => ({ id, ...one }));
  return { unserved: unservedQueues(queues), ...hoursFacts(hours, now) };
}
