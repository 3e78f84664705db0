import { CallResult, type FlowHistory, type FlowLive, type FlowOutcomes } from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, demandWholeCompany, type Scope } from "../access/index.ts";
import { callCollections } from "../calls/model.ts";
import type { Directories } from "../desk/index.ts";
import { UserError } from "../errors/index.ts";
import { dayOf } from "../figures/index.ts";
import { flowCollections, flowKey } from "../flows/index.ts";
import type { Clock } from "../ports/index.ts";
import { addTally, addWays, daysAfter, emptyWays, type Reports, type Tally, waysOf } from "../reports/index.ts";
import { callsInNodes } from "./calls-in-nodes.ts";

export interface FlowFiguresGiven {
  readonly connection: Connection;
  readonly directories: Directories;
  readonly reports: Pick<Reports, "sumsOver">;
  readonly clock: Clock;
}

interface DaysAsked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** So many days where none are named. */
const USUAL_DAYS = 7;

/** What really happens in a flow: counted from the traces, for its drawing and for the list of its versions. */
export function createFlowFigures(given: FlowFiguresGiven) {
  const { connection, directories, reports, clock } = given;
  const { flows, versions } = flowCollections(connection);
  const { calls } = callCollections(connection);

  /** The numbers of its versions, by id. */
  async function numbersOf({ companyId }: Scope, flowId: string): Promise<ReadonlyMap<string, number>> {
    const [flow, known] = await Promise.all([
      flows.findOne({ _id: flowKey(companyId, flowId), companyId }, { projection: { _id: 1 } }),
      versions.find({ companyId, flowId }, { projection: { number: 1 } }).toArray(),
    ]);
    if (!flow) throw new UserError("notFound", { what: "flow" });
    return new Map(known.map(({ _id, number }) => [_id, number]));
  }

  async function daysOf(companyId: string, { from, to }: DaysAsked): Promise<{ from: string; to: string }> {
    const { timeZone } = (await directories.of(companyId)).company;
    const last = to ?? dayOf(undefined, timeZone, clock.now())?.date ?? "";
    return { from: from ?? daysAfter(last, 1 - USUAL_DAYS), to: last };
  }

  return {
    async live(scope: Scope, flowId: string): Promise<FlowLive> {
      demand(scope, "read", "flows");
      const { companyId, queues } = scope;
      const numbers = await numbersOf(scope, flowId);
      const now = clock.now();
      const found = await calls
        .find(
          {
            ...{ companyId, unrecorded: true, status: "live" as const },
            ...(queues && { "queue.queueId": { $in: [...queues] } }),
          },
          { projection: { ...inNode, flowId: 1, flowVersionId: 1, running: 1 } },
        )
        .toArray();
      const theirs = found.flatMap(({ running, ...call }) => {
        const on = running ?? call;
        return on.flowId === flowId ? [{ ...call, running, versionId: on.flowVersionId }] : [];
      });
      const byVersion = new Map<string, number>();
      for (const { versionId } of theirs) byVersion.set(versionId ?? "", (byVersion.get(versionId ?? "") ?? 0) + 1);
      return {
        at: new Date(now).toISOString(),
        calls: theirs.length,
        versions: newestFirst([...byVersion].map(([id, calls]) => ({ ...named(id, numbers), calls }))),
        nodes: callsInNodes(theirs, now),
      };
    },

    async history(scope: Scope, flowId: string, asked: DaysAsked & { readonly versionId?: string | undefined }) {
      demand(scope, "read", "flows");
      // Calls of every queue are counted.
      demandWholeCompany(scope);
      const { companyId } = scope;
      const numbers = await numbersOf(scope, flowId);
      const days = await daysOf(companyId, asked);
      const { sums, counting, timeZone, now } = await reports.sumsOver(companyId, days, "ways");
      const all = emptyWays();
      const counted: FlowHistory["versions"] = [];
      for (const [key, ways] of Object.entries(sums.ways)) {
        const [flow, id = ""] = key.split("|");
        if (flow !== flowId) continue;
        counted.push({ ...named(id, numbers), calls: ways.calls });
        if (asked.versionId === undefined || asked.versionId === id) addWays(all, ways);
      }
      return {
        ...{ ...days, timeZone, counting, computedAt: new Date(now).toISOString() },
        versions: newestFirst(counted),
        ...waysOf(all),
      } satisfies FlowHistory;
    },

    async outcomes(scope: Scope, flowId: string, asked: DaysAsked): Promise<FlowOutcomes> {
      demand(scope, "read", "flows");
      demandWholeCompany(scope);
      const { companyId } = scope;
      const numbers = await numbersOf(scope, flowId);
      const days = await daysOf(companyId, asked);
      const { sums, counting, now } = await reports.sumsOver(companyId, days, "calls");
      const byVersion = new Map<string, Tally>();
      for (const [key, tally] of Object.entries(sums.calls)) {
        const [, , flow, id = ""] = key.split("|");
        if (flow !== flowId) continue;
        const known = byVersion.get(id) ?? {};
        addTally(known, tally);
        byVersion.set(id, known);
      }
      return {
        ...{ ...days, counting, computedAt: new Date(now).toISOString() },
        versions: newestFirst(
          [...byVersion].map(([id, tally]) => {
            const calls = tally.calls ?? 0;
            const mean = (sum = 0) => (calls === 0 ? null : Math.round(sum / calls));
            return {
              ...{ ...named(id, numbers), calls },
              results: CallResult.enum.flatMap((result) => {
                const count = tally[result] ?? 0;
                return count === 0 ? [] : [{ result, calls: count }];
              }),
              averageDurationMs: mean(tally.durationMs),
              averageWaitMs: mean(tally.waitMs),
            };
          }),
        ),
      };
    },
  };
}

export type FlowFigures = ReturnType<typeof createFlowFigures>;

const inNode = { "snapshot.node.id": 1, nodeSince: 1, startedAt: 1, "leg.state": 1 } as const;

const named = (id: string, numbers: ReadonlyMap<string, number>) => ({
  versionId: id === "" ? null : id,
  number: numbers.get(id) ?? null,
});

const newestFirst = <Version extends { readonly number: number | null }>(found: Version[]): Version[] =>
  found.sort((a, b) => (b.number ?? 0) - (a.number ?? 0));
