import type { ByHand, Queue as DecidedQueue } from "@cordboard/acd";
import type { Queue } from "@cordboard/api";

/** What of a queue's settings decisions need. A skill that the company has no more (`known`; null: nobody says) is not asked for. `byHand`: what a supervisor said of it. */
export function queueForDecisions(
  { queueId, rev, scriptId, afterCall, passingOn, placeNews, connect, music, opening, skills = [], ...queue }: Queue,
  companyId: string,
  {
    known = null,
    byHand = null,
  }: { readonly known?: ReadonlySet<string> | null; readonly byHand?: ByHand | null } = {},
): DecidedQueue {
  const scheduleId = opening?.scheduleId ?? null;
  const { extensions = 0, extensionMs = 0 } = afterCall ?? {};
  return {
    ...queue,
    ...{ id: queueId, companyId, wrapUpExtension: { ms: extensionMs, most: extensions } },
    ...((scheduleId !== null || byHand !== null) && { opening: { scheduleId, byHand } }),
    skills: skills.filter(({ skillId }) => known?.has(skillId) ?? true),
  };
}
