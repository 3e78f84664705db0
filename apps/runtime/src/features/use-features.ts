import { type PlaceOfUse, type Scope, systemScope } from "../access/index.ts";
import { createUses, useHandlers } from "../uses/index.ts";
import type { FlowFeatures } from "./flow-features.ts";
import type { GroupGiven } from "./other-features.ts";
import type { OutwardFeatures } from "./outward-features.ts";
import type { SetUpFeatures } from "./set-up-features.ts";
import type { VoicemailFeatures } from "./voicemail-features.ts";

/** Where the company's things are used, and what its flows say: asked of those who keep them. */
export function createUseFeatures(
  { registry, others }: GroupGiven,
  groups: {
    readonly outward: OutwardFeatures;
    readonly setUp: SetUpFeatures;
    readonly flow: FlowFeatures;
    readonly voicemail: VoicemailFeatures;
  },
) {
  const { outward, setUp, flow, voicemail } = groups;
  const uses = createUses({
    registry,
    usesOf: {
      ...{ ...setUp.uses, ...flow.uses, ...voicemail.uses, ...outward.uses },
      skill: async (scope: Scope, code: string): Promise<PlaceOfUse[]> => {
        const has = ({ skills = [] }: { skills?: readonly { readonly skillId: string }[] }) =>
          skills.some(({ skillId }) => skillId === code);
        const queues = (await setUp.queues.list(scope)).filter(has);
        const operators = (await setUp.operators.list(scope)).filter(has);
        return [
          ...queues.map(({ queueId, name }) => ({ kind: "queue" as const, id: queueId, name })),
          ...operators.map(({ operatorId, name }) => ({ kind: "operator" as const, id: operatorId, name })),
          ...(await flow.flows.using(scope, "skill", code)),
        ];
      },
    },
    flowTexts: (scope) => flow.flows.texts(scope),
    namesOf: async (companyId) => {
      const scope = systemScope(companyId);
      const { queues, scripts, telephones, schedules } = setUp;
      const [everyQueue, everyScript, everyTelephone, everySchedule, everyBox, everyConnector, everyFlow] =
        await Promise.all([
          queues.list(scope),
          scripts.list(scope),
          telephones.list(scope),
          schedules.list(scope),
          voicemail.voicemailBoxes.list(scope),
          others().connectors.list(scope),
          flow.flows.list(scope),
        ]);
      return new Map([
        ["queue", new Map(everyQueue.map(({ queueId, name }) => [queueId, name]))],
        ["script", new Map(everyScript.map(({ scriptId, name }) => [scriptId, name]))],
        ["telephone", new Map(everyTelephone.map(({ telephoneId, name }) => [telephoneId, name]))],
        ["schedule", new Map(everySchedule.map(({ scheduleId, name }) => [scheduleId, name]))],
        ["voicemailBox", new Map(everyBox.map(({ boxId, name }) => [boxId, name]))],
        ["connector", new Map(everyConnector.map(({ connectorId, name }) => [connectorId, name]))],
        ["flow", new Map(everyFlow.map(({ flowId, name }) => [flowId, name]))],
      ]);
    },
  });
  return { handlers: useHandlers(uses) };
}
