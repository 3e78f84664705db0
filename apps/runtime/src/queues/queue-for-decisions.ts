import type { Queue as DecidedQueue } from "@cordboard/acd";
import type { Queue } from "@cordboard/api";

/** What of a queue's settings decisions need. */
export function queueForDecisions(
  { queueId, rev, scriptId, afterCall, passingOn, ...queue }: Queue,
  companyId: string,
): DecidedQueue {
  const { extensions = 0, extensionMs = 0 } = afterCall ?? {};
  return { ...queue, id: queueId, companyId, wrapUpExtension: { ms: extensionMs, most: extensions } };
}
