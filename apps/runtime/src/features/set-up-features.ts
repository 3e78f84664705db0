import { scheduleState } from "@cordboard/schedule";
import { type PlaceOfUse, type Scope, systemScope } from "../access/index.ts";
import { createLines, lineHandlers, prepareLines } from "../lines/index.ts";
import { createOperatorFiles, createOperators, operatorHandlers, prepareOperators } from "../operators/index.ts";
import { createQueues, prepareQueues, queueHandlers } from "../queues/index.ts";
import { createSchedules, prepareSchedules, scheduleHandlers } from "../schedules/index.ts";
import { createScripts, prepareScripts, scriptHandlers } from "../scripts/index.ts";
import { createTelephones, prepareTelephones, telephoneHandlers } from "../telephones/index.ts";
import type { AccountFeatures } from "./account-features.ts";
import type { GroupGiven } from "./other-features.ts";

/** What a call centre is set up of: operators, telephones, queues, lines, scripts and opening hours. */
export function createSetUpFeatures(given: GroupGiven, accounts: AccountFeatures) {
  const { connection, bus, clock, makeId, commands, others } = given;
  const base = { connection, bus, clock, makeId, bin: given.bin };
  const { companies, passwords, sessions, signIn, skillsOf } = accounts;
  /** Where each is used: what keeps it from being deleted. */
  const uses = {
    operator: async (scope: Scope, operatorId: string): Promise<readonly PlaceOfUse[]> => [
      ...(await queues.servedBy(scope, operatorId)),
      ...(await others().voicemailBoxes.naming(scope, operatorId)),
      ...(await others().dialled.rules.using(scope, "operatorId", operatorId)),
    ],
    telephone: async (scope: Scope, telephoneId: string): Promise<readonly PlaceOfUse[]> => [
      ...(await companies.using(scope, telephoneId)),
      ...(await others().flows.using(scope, "telephone", telephoneId)),
    ],
    script: async (scope: Scope, scriptId: string): Promise<readonly PlaceOfUse[]> => [
      ...(await queues.usingScript(scope, scriptId)),
      ...(await others().dialled.rules.using(scope, "scriptId", scriptId)),
      ...(await others().flows.using(scope, "script", scriptId)),
    ],
    queue: async (scope: Scope, queueId: string): Promise<readonly PlaceOfUse[]> => [
      ...(await lines.leadingTo(scope, { queueId })),
      ...(await others().flows.using(scope, "queue", queueId)),
      ...(await others().voicemailBoxes.ofQueue(scope, queueId)),
      ...(await promisedIn(scope, queueId)),
    ],
    schedule: async (scope: Scope, scheduleId: string): Promise<readonly PlaceOfUse[]> => [
      ...(await queues.openBy(scope, scheduleId)),
      ...(await others().dialled.rules.using(scope, "scheduleId", scheduleId)),
      ...(await others().alarms.using(scope, scheduleId)),
      ...(await others().flows.using(scope, "schedule", scheduleId)),
    ],
  };
  const operators = createOperators({
    ...base,
    ...{ companies, passwords, sessions, signIn, commands },
    placesOfUse: uses.operator,
  });
  const telephones = createTelephones({
    ...base,
    companies,
    commands,
    placesOfUse: uses.telephone,
    operatorName: async (companyId, operatorId) =>
      (await operators.find(systemScope(companyId), operatorId))?.name ?? operatorId,
  });
  const scripts = createScripts({
    ...base,
    schemesOf: async ({ companyId }) => (await companies.get(systemScope(companyId))).scriptSchemes,
    placesOfUse: uses.script,
  });
  const queues = createQueues({
    ...base,
    placesOfUse: uses.queue,
    operatorsExist: (scope, ids) => operators.exist(scope, ids),
    scriptExists: async (scope, id) => (await scripts.list(scope)).some(({ scriptId }) => scriptId === id),
    promptsExist: async (scope, ids) => {
      const known = new Set((await others().prompts.list(scope)).map(({ promptId }) => promptId));
      return ids.every((id) => known.has(id));
    },
    boxExists: async (scope, id) => (await others().voicemailBoxes.list(scope)).some(({ boxId }) => boxId === id),
    scheduleExists: async (scope, id) => (await schedules.ids(scope)).has(id),
    skillsOf: ({ companyId }) => skillsOf(companyId),
  });
  const operatorFiles = createOperatorFiles({
    ...{ connection, bus, clock, makeId, passwords, sessions },
    queues: (scope) => queues.list(scope),
    telephones: (scope) => telephones.list(scope),
    languageOf: async (scope) => ((await companies.get(scope)).languages[0]?.startsWith("fr") ? "fr" : "en"),
    setServing: (...asked) => queues.setServing(...asked),
  });
  const promisedIn = async (scope: Scope, queueId: string): Promise<PlaceOfUse[]> => {
    const open = await others().callbacks.openIn(scope, queueId);
    return open === 0 ? [] : [{ kind: "callbacks", id: queueId, name: String(open) }];
  };
  const schedules = createSchedules({
    ...base,
    companies,
    stateOf: scheduleState,
    placesOfUse: uses.schedule,
  });
  const lines = createLines({
    ...base,
    companies,
    flowExists: (scope, flowId) => others().flows.exists(scope, flowId),
    queueExists: (scope, queueId) => queues.exists(scope, queueId),
    placesOfUse: (scope, lineId) => others().dialled.rules.using(scope, "lineId", lineId),
  });

  return {
    operators,
    telephones,
    scripts,
    queues,
    schedules,
    lines,
    uses,
    handlers: {
      ...operatorHandlers(operators, operatorFiles),
      ...telephoneHandlers(telephones),
      ...scriptHandlers(scripts),
      ...queueHandlers(queues),
      ...scheduleHandlers(schedules),
      ...lineHandlers(lines),
    },
    async prepare(): Promise<void> {
      await prepareOperators(connection);
      await prepareTelephones(connection);
      await prepareQueues(connection);
      await prepareScripts(connection);
      await prepareSchedules(connection);
      await prepareLines(connection);
    },
  };
}

export type SetUpFeatures = ReturnType<typeof createSetUpFeatures>;
