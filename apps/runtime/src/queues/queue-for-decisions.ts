import type { Queue as DecidedQueue } from "@cordboard/acd";
import type { Queue } from "@cordboard/api";

/** What of a queue's settings decisions need. A skill that the company has no more (`known`; null: nobody says) is not asked for. */
export function queueForDecisions(
  { queueId, rev, scriptId, afterCall, passingOn, placeNews, connect, skills = [], ...queue }: Queue,
  companyId: string,
  known: ReadonlySet<string> | null = null,
): DecidedQueue {
  const { extensions = 0, extensionMs = 0 } = afterCall ?? {};
  return {
    ...queue,
    ...{ id: queueId, companyId, wrapUpExtension: { ms: extensionMs, most: extensions } },
    skills: skills.filter(({ skillId }) => known?.has(skillId) ?? true),
  };
}
