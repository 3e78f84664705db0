import type { QueueProblem } from "@cordboard/api";
import type { CompanyFacts } from "@cordboard/flow-schema";
import { type PlaceOfUse, type Scope, systemScope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import { createEveryday, everydayHandlers, prepareEveryday } from "../everyday/index.ts";
import { createFlowOrigins, flowOriginHandlers } from "../flow-origins/index.ts";
import { createFlowScenarios, failingScenarios, flowScenarioHandlers } from "../flow-scenarios/index.ts";
import { createFlows, flowHandlers, prepareFlows } from "../flows/index.ts";
import { createPrompts, preparePrompts, promptHandlers } from "../prompts/index.ts";
import { createTemplates, readTemplates, templateHandlers } from "../templates/index.ts";
import type { AccountFeatures } from "./account-features.ts";
import { companyState } from "./company-state.ts";
import type { GroupGiven } from "./other-features.ts";
import { queueProblemsOf } from "./queue-problems-of.ts";

/** What callers are led through: flows, what they play, and the templates they may begin as. */
export function createFlowFeatures(given: GroupGiven, { companies, users, skillsOf, audit }: AccountFeatures) {
  const { connection, bus, clock, makeId, others } = given;
  const base = { connection, bus, clock, makeId, bin: given.bin };
  /** Where each is used: what keeps it from being deleted. */
  const uses = {
    flow: async (scope: Scope, flowId: string): Promise<readonly PlaceOfUse[]> => [
      ...(await others().lines.leadingTo(scope, { flowId })),
      ...(await flows.using(scope, "flow", flowId)),
    ],
    prompt: async (scope: Scope, promptId: string): Promise<readonly PlaceOfUse[]> => [
      ...(await others().queues.saying(scope, promptId)),
      ...(await flows.using(scope, "prompt", promptId)),
    ],
  };
  const factsOf = async (companyId: string): Promise<CompanyFacts> => {
    const scope = systemScope(companyId);
    const { queues, scripts, telephones, connectors, secrets, voicemailBoxes, schedules } = others();
    const [everyQueue, everyScript, everyTelephone, everySchedule] = await Promise.all([
      queues.list(scope),
      scripts.list(scope),
      telephones.list(scope),
      schedules.list(scope),
    ]);
    // Each change of a draft asks for these facts: what they and the queues are judged by is read, and schedules are worked out, once.
    const listed = { queues: { list: async () => everyQueue }, schedules: { list: async () => everySchedule } };
    return {
      queue: new Set(everyQueue.map(({ queueId }) => queueId)),
      connector: await connectors.ids(scope),
      secret: await secrets.names(companyId),
      voicemailBox: new Set((await voicemailBoxes.list(scope)).map(({ boxId }) => boxId)),
      script: new Set(everyScript.map(({ scriptId }) => scriptId)),
      schedule: new Set(everySchedule.map(({ scheduleId }) => scheduleId)),
      ...companyState(everyQueue, everySchedule, clock.now()),
      skill: await skillsOf(companyId),
      flow: new Set((await flows.list(scope)).flatMap(({ flowId, published }) => (published ? flowId : []))),
      telephone: new Set(everyTelephone.map(({ telephoneId }) => telephoneId)),
      queueProblems: sentencesByQueue(
        (await queueProblemsOf(companyId, { ...listed, companies, prompts, clock })).problems,
      ),
      heardUnanswered: new Set(
        (await others().lines.list(scope)).flatMap(({ flowId, unansweredMs }) =>
          flowId !== null && unansweredMs ? flowId : [],
        ),
      ),
    };
  };
  const libraryOf = async (companyId: string) =>
    new Map((await prompts.list(systemScope(companyId))).map((prompt) => [prompt.promptId, prompt]));
  const authorOf = async (scope: Scope) => {
    if (scope.key) return { userId: scope.key.apiKeyId, name: scope.key.name };
    if (scope.role === "system" || scope.actorId === null) return null;
    const { userId, name } = await users.get(systemScope(scope.companyId), scope.actorId);
    return { userId, name };
  };
  const flows = createFlows({
    ...base,
    registry: given.registry,
    ...{ companies, factsOf, libraryOf, authorOf },
    everyday: () => everyday,
    demandScenarios: async (scope, document, subflows) => {
      const failing = await failingScenarios(
        document,
        (flowId) => subflows.get(flowId),
        await flowScenarios.written(scope, document.id),
      );
      const first = failing[0]?.failure;
      if (!first) return;
      throw new UserError("scenariosFailed", {
        count: failing.length,
        name: failing[0]?.name ?? "",
        number: first.number,
        step: JSON.stringify(first.step).slice(0, 200),
        failed: failing.map(({ name, failure }) => ({ name, number: failure?.number ?? 0 })),
      });
    },
    bin: given.bin,
    beside: async (scope, flowId) => [
      ...(await flowScenarios.kept(scope, flowId)),
      ...(await flowOrigins.kept(scope, flowId)),
    ],
    servedAsPlanned: async ({ companyId, flowId, name, planned: { versionId, number, at, by }, replaced }) => {
      if (!by) return;
      // Of the version and the time: another process writes the same.
      const auditId = `audit_${versionId.replace(/^ver_/, "").slice(0, 20)}${at.toString(16).padStart(12, "0")}`;
      await audit.writeOnce(auditId, {
        ...{ companyId, userId: by.userId, at, action: "flows.publish", resource: "flowVersions" },
        ...{ targetId: flowId, targetName: name, after: { serving: versionId, number, replaced, planned: true } },
      });
    },
    forget: async (scope, flowId) => {
      await flowScenarios.forget(scope, flowId);
      await flowOrigins.forget(scope, flowId);
      await everyday.forget(scope, flowId);
    },
    placesOfUse: uses.flow,
  });
  const everyday = createEveryday({
    ...base,
    ...{ registry: given.registry, flows, factsOf, libraryOf, authorOf },
  });
  const flowScenarios = createFlowScenarios({ connection, clock, flowExists: flows.exists });
  const flowOrigins = createFlowOrigins({ connection, clock, flowExists: flows.exists });
  const prompts = createPrompts({
    ...base,
    media: given.media,
    placesOfUse: uses.prompt,
    uses: async (scope) => [
      ...(await others().queues.sayingPrompts(scope)),
      ...(await flows.sayingPrompts(scope)).map(({ flowId, ...flow }) => ({
        kind: "flow" as const,
        id: flowId,
        ...flow,
      })),
    ],
  });
  const templates = createTemplates({ read: () => readTemplates(given.flowsFolder), flows });

  return {
    flows,
    everyday,
    prompts,
    uses,
    /** Who acts, by the name that others see; null: nobody in person. */
    authorOf,
    handlers: {
      ...flowHandlers(flows),
      ...flowScenarioHandlers(flowScenarios),
      ...flowOriginHandlers(flowOrigins),
      ...everydayHandlers(everyday),
      ...promptHandlers(prompts),
      ...templateHandlers(templates),
    },
    async prepare(): Promise<void> {
      await preparePrompts(connection);
      await prepareFlows(connection);
      await prepareEveryday(connection);
    },
  };
}

export type FlowFeatures = ReturnType<typeof createFlowFeatures>;

function sentencesByQueue(problems: readonly QueueProblem[]): ReadonlyMap<string, readonly QueueProblem["sentence"][]> {
  const byQueue = new Map<string, readonly QueueProblem["sentence"][]>();
  for (const { queueId, sentence } of problems) byQueue.set(queueId, [...(byQueue.get(queueId) ?? []), sentence]);
  return byQueue;
}
