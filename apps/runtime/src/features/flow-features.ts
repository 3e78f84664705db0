import { type Scope, systemScope } from "../access/index.ts";
import { createFlows, flowHandlers, prepareFlows } from "../flows/index.ts";
import { createPrompts, preparePrompts, promptHandlers } from "../prompts/index.ts";
import { createTemplates, readTemplates, templateHandlers } from "../templates/index.ts";
import type { AccountFeatures } from "./account-features.ts";
import type { GroupGiven } from "./other-features.ts";

/** What callers are led through: flows, what they play, and the templates they may begin as. */
export function createFlowFeatures(given: GroupGiven, { companies, users, skillsOf }: AccountFeatures) {
  const { connection, bus, clock, makeId, others } = given;
  const base = { connection, bus, clock, makeId };
  const flows = createFlows({
    ...base,
    registry: given.registry,
    companies,
    factsOf: async (companyId) => {
      const scope = systemScope(companyId);
      const { queues, scripts, telephones, connectors, secrets, voicemailBoxes, schedules } = others();
      const [everyQueue, everyScript, everyTelephone] = await Promise.all([
        queues.list(scope),
        scripts.list(scope),
        telephones.list(scope),
      ]);
      return {
        queue: new Set(everyQueue.map(({ queueId }) => queueId)),
        connector: await connectors.ids(scope),
        secret: await secrets.names(companyId),
        voicemailBox: new Set((await voicemailBoxes.list(scope)).map(({ boxId }) => boxId)),
        script: new Set(everyScript.map(({ scriptId }) => scriptId)),
        schedule: await schedules.ids(scope),
        skill: await skillsOf(companyId),
        flow: new Set((await flows.list(scope)).flatMap(({ flowId, published }) => (published ? flowId : []))),
        telephone: new Set(everyTelephone.map(({ telephoneId }) => telephoneId)),
      };
    },
    placesOfUse: async (scope, flowId) => [
      ...(await others().lines.leadingTo(scope, { flowId })),
      ...(await flows.using(scope, "flow", flowId)),
    ],
    libraryOf: async (companyId) =>
      new Map((await prompts.list(systemScope(companyId))).map((prompt) => [prompt.promptId, prompt])),
    authorOf: async (scope: Scope) => {
      if (scope.key) return { userId: scope.key.apiKeyId, name: scope.key.name };
      if (scope.role === "system" || scope.actorId === null) return null;
      const { userId, name } = await users.get(systemScope(scope.companyId), scope.actorId);
      return { userId, name };
    },
  });
  const prompts = createPrompts({
    ...base,
    media: given.media,
    placesOfUse: (scope, promptId) => flows.using(scope, "prompt", promptId),
  });
  const templates = createTemplates({ read: () => readTemplates(given.flowsFolder), flows });

  return {
    flows,
    prompts,
    handlers: { ...flowHandlers(flows), ...promptHandlers(prompts), ...templateHandlers(templates) },
    async prepare(): Promise<void> {
      await preparePrompts(connection);
      await prepareFlows(connection);
    },
  };
}

export type FlowFeatures = ReturnType<typeof createFlowFeatures>;
