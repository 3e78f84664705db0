import type { FlowScenarios } from "@cordboard/api";
import { readScenarioFile, type WrittenScenario } from "@cordboard/simulator/scenario";
import type { Connection } from "mongoose";
import { demand, isDuplicate, type Scope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import type { Clock } from "../ports/index.ts";
import { scenarioCollection } from "./model.ts";

export interface FlowScenariosGiven {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly flowExists: (scope: Scope, flowId: string) => Promise<boolean>;
}

/** The scenarios of each flow. They belong to what is drawn: who may write flows may write them. */
export function createFlowScenarios({ connection, clock, flowExists }: FlowScenariosGiven) {
  const collection = scenarioCollection(connection);
  const keyOf = ({ companyId }: Scope, flowId: string) => ({ _id: `${companyId}/${flowId}`, companyId });

  async function needFlow(scope: Scope, flowId: string): Promise<void> {
    if (!(await flowExists(scope, flowId))) throw new UserError("notFound", { what: "flow" });
  }

  async function of(scope: Scope, flowId: string): Promise<FlowScenarios> {
    const found = await collection.findOne(keyOf(scope, flowId));
    return { rev: found?.rev ?? null, scenarios: found ? [...readScenarios(JSON.parse(found.text))] : [] };
  }

  return {
    async get(scope: Scope, flowId: string): Promise<FlowScenarios> {
      demand(scope, "read", "flows");
      await needFlow(scope, flowId);
      return of(scope, flowId);
    },
    async save(scope: Scope, flowId: string, { rev, scenarios }: FlowScenarios): Promise<FlowScenarios> {
      demand(scope, "write", "flows");
      await needFlow(scope, flowId);
      readScenarios(scenarios);
      const before = await of(scope, flowId);
      if (before.rev !== rev) throw new UserError("changedMeanwhile");
      const key = keyOf(scope, flowId);
      const text = JSON.stringify(scenarios);
      const next = { rev: (rev ?? 0) + 1, text, savedAt: clock.now() };
      try {
        if (rev === null) await collection.insertOne({ ...key, flowId, ...next });
        else {
          const { matchedCount } = await collection.updateOne({ ...key, rev }, { $set: next });
          if (matchedCount === 0) throw new UserError("changedMeanwhile");
        }
      } catch (cause) {
        throw isDuplicate(cause) ? new UserError("changedMeanwhile") : cause;
      }
      const names = (of: FlowScenarios["scenarios"]) => of.map(({ name }) => name);
      scope.changed?.({
        ...{ resource: "flows", targetId: flowId, targetName: flowId },
        before: { scenarios: names(before.scenarios) },
        after: { scenarios: names(scenarios) },
      });
      return { rev: next.rev, scenarios };
    },
    /** For who publishes. */
    async written(scope: Scope, flowId: string): Promise<readonly WrittenScenario[]> {
      return readScenarios((await of(scope, flowId)).scenarios);
    },
    /** As it is stored, for the bin. */
    async kept(scope: Scope, flowId: string): Promise<readonly { collection: string; document: object }[]> {
      const document = await collection.findOne(keyOf(scope, flowId));
      return document ? [{ collection: collection.collectionName, document }] : [];
    },
    /** The flow is gone: so is what was kept to try it. */
    async forget(scope: Scope, flowId: string): Promise<void> {
      await collection.deleteOne(keyOf(scope, flowId));
    },
  };
}

export type FlowScenarioService = ReturnType<typeof createFlowScenarios>;

/** Throws `scenariosInvalid` with the first place that is none. */
function readScenarios(scenarios: unknown): WrittenScenario[] {
  if (Array.isArray(scenarios) && scenarios.length === 0) return [];
  const read = readScenarioFile({ scenarios });
  if (read.ok) return read.file.scenarios;
  const [first] = read.problems;
  throw new UserError("scenariosInvalid", { place: `${first?.pointer ?? "/"} ${first?.message ?? ""}`.slice(0, 300) });
}
