import { systemScope } from "../access/index.ts";
import type { CallCentreLookups } from "../call-centre/index.ts";
import type { Calls } from "../calls/calls.ts";
import { dayOf } from "../figures/day-bounds.ts";
import { queueForDecisions } from "../queues/index.ts";
import type { createFeatures } from "./create-features.ts";

/** What the call centre asks of the other features. They are made after it: `features` is called only once there is something to decide. */
export function callCentreLookups({
  features,
  calls,
}: {
  readonly features: () => ReturnType<typeof createFeatures>;
  readonly calls: Pick<Calls, "alive">;
}): CallCentreLookups {
  return {
    async queues(companyId) {
      const [found, known] = await Promise.all([
        features().queues.listWithByHand(companyId),
        features().skillsOf(companyId),
      ]);
      return found.map(({ queue, byHand }) => queueForDecisions(queue, companyId, { known, byHand }));
    },
    operators: (companyId) => features().operators.rules(systemScope(companyId)),
    skills: (companyId) => features().skillsOf(companyId),
    async preferred(companyId, { operators, lastOf }) {
      const [named, last] = await Promise.all([
        features().operators.named(systemScope(companyId), operators),
        lastOf === null ? null : features().callRecords.lastOperatorOf(companyId, [lastOf]),
      ]);
      return [...new Set([...(last === null ? [] : [last]), ...named])];
    },
    async today(companyId, now) {
      const { timeZone } = (await features().directories.of(companyId)).company;
      return dayOf(undefined, timeZone, now) ?? { from: now, until: now };
    },
    country: async (companyId) => (await features().directories.of(companyId)).company.country,
    openSchedules: (companyId, ids) => features().schedules.openOf(companyId, ids),
    // An operator who was deleted while a call was offered is connected all the same.
    operatorName: async (companyId, operatorId) =>
      (await features().operators.find(systemScope(companyId), operatorId))?.name ?? operatorId,
    telephoneExists: async (companyId, telephoneId) =>
      (await features().telephones.find(systemScope(companyId), telephoneId)) !== null,
    callsAlive: async (_companyId, callIds) => [...(await calls.alive(callIds))],
  };
}
