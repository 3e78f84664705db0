import type { DiallingRules, DiallingRulesFields } from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, isDuplicate, type PlaceOfUse, type Scope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import { type Bus, settingsChannel } from "../ports/index.ts";
import { diallingRulesCollection } from "./model.ts";

export interface DiallingRulesGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly linesExist: (companyId: string, lineIds: readonly string[]) => Promise<boolean>;
  readonly operatorsExist: (companyId: string, operatorIds: readonly string[]) => Promise<boolean>;
  readonly scheduleExists: (companyId: string, scheduleId: string) => Promise<boolean>;
  readonly companyName: (companyId: string) => Promise<string>;
  readonly scriptExists: (companyId: string, scriptId: string) => Promise<boolean>;
}

/** What holds where nobody chose otherwise: operators dial in the company's country, with any of its lines, at any time. */
const standardRules: DiallingRules = {
  rev: 0,
  allowed: true,
  countries: [],
  scheduleId: null,
  first: "operator",
  scriptId: null,
  origins: [],
  ownNumbers: false,
  lines: [],
};

/** What operators may dial, and how: one set of rules a company. */
export function createDiallingRules(given: DiallingRulesGiven) {
  const { bus } = given;
  const collection = diallingRulesCollection(given.connection);

  async function of(companyId: string): Promise<DiallingRules> {
    const found = await collection.findOne({ _id: companyId });
    if (!found) return standardRules;
    const { _id, ...rules } = found;
    return { ...standardRules, ...rules };
  }

  async function check(companyId: string, { lines, scheduleId, scriptId }: DiallingRulesFields): Promise<void> {
    const missing = (what: string) => new UserError("notFound", { what });
    if (
      !(await given.linesExist(
        companyId,
        lines.map(({ lineId }) => lineId),
      ))
    )
      throw missing("line");
    const operatorIds = lines.flatMap((line) => line.operatorIds);
    if (!(await given.operatorsExist(companyId, operatorIds))) throw missing("operator");
    if (scheduleId !== null && !(await given.scheduleExists(companyId, scheduleId))) throw missing("schedule");
    if (scriptId !== null && !(await given.scriptExists(companyId, scriptId))) throw missing("script");
  }

  return {
    /** For the runtime's own work. */
    of,
    async get(scope: Scope): Promise<DiallingRules> {
      demand(scope, "read", "dialling");
      return of(scope.companyId);
    },
    async change(scope: Scope, rev: number, fields: DiallingRulesFields): Promise<DiallingRules> {
      demand(scope, "write", "dialling");
      const { companyId } = scope;
      await check(companyId, fields);
      const before = await of(companyId);
      // What an older client leaves out stays.
      const kept = before.recording && { recording: before.recording };
      const after = { ...kept, ...fields, rev: rev + 1 };
      if (rev === 0) {
        try {
          await collection.insertOne({ _id: companyId, ...after });
        } catch (cause) {
          throw isDuplicate(cause) ? new UserError("changedMeanwhile") : cause;
        }
      } else {
        const { matchedCount } = await collection.updateOne({ _id: companyId, rev }, { $set: after });
        if (matchedCount === 0) throw new UserError("changedMeanwhile");
      }
      scope.changed?.({ resource: "dialling", targetId: companyId, targetName: null, before, after });
      bus.publish(settingsChannel(companyId), { resource: "dialling", id: companyId });
      return after;
    },
    /** Where the rules name a schedule, a script, a line that is shown or an operator who shows it: it may not be deleted then. */
    async using(
      { companyId }: Scope,
      what: "scheduleId" | "scriptId" | "lineId" | "operatorId",
      id: string,
    ): Promise<PlaceOfUse[]> {
      const found = await collection.findOne({ _id: companyId });
      const named = (rules: DiallingRulesFields) => {
        if (what === "lineId") return rules.lines.some(({ lineId }) => lineId === id);
        if (what === "operatorId") return rules.lines.some(({ operatorIds }) => operatorIds.includes(id));
        return rules[what] === id;
      };
      if (!found || !named(found)) return [];
      return [{ kind: "dialling", id: companyId, name: await given.companyName(companyId) }];
    },
  };
}

export type DiallingRulesService = ReturnType<typeof createDiallingRules>;
