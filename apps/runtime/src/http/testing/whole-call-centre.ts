import { systemScope } from "../../access/index.ts";
import { callCentreCollections, createCallCentre, mongoCentreStore } from "../../call-centre/index.ts";
import { type CallInbox, randomId } from "../../ports/index.ts";
import { queueForDecisions } from "../../queues/index.ts";
import type { CallCentreParts } from "./test-runtime.ts";

/** The call centre as the runtime has it, over the test's store; the calls are the test's (`inbox`). */
export function wholeCallCentre(
  { connection, bus, clock, features }: CallCentreParts,
  inbox: Partial<CallInbox> = {},
): ReturnType<typeof createCallCentre> {
  const taken = async () => "taken" as const;
  return createCallCentre({
    store: mongoCentreStore(callCentreCollections(connection)),
    ...{ bus, clock, makeId: randomId, processId: randomId("proc") },
    log: { info() {}, warn() {}, error() {} },
    inbox: { offerAccepted: taken, unstaffed: taken, placeCall: taken, ...inbox },
    lookups: {
      async queues(companyId) {
        const found = await features().queues.listWithByHand(companyId);
        return found.map(({ queue, byHand }) => queueForDecisions(queue, companyId, { byHand }));
      },
      operatorName: async (companyId, id) => (await features().operators.get(systemScope(companyId), id)).name,
      telephoneExists: async (companyId, id) => (await features().telephones.find(systemScope(companyId), id)) !== null,
      callsAlive: async (_companyId, callIds) => callIds,
      country: async () => "FR",
      openSchedules: (companyId, ids) => features().schedules.openOf(companyId, ids),
    },
  });
}
