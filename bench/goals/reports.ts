import { type Company, type Queue, reportNames } from "@cordboard/api";
import { systemScope } from "../../apps/runtime/src/access/index.ts";
import { callCentreCollections } from "../../apps/runtime/src/call-centre/index.ts";
import { prepareCallCentreCollections } from "../../apps/runtime/src/call-centre/model.ts";
import { createCallRecords } from "../../apps/runtime/src/call-records/index.ts";
import { callCollections, prepareCallCollections } from "../../apps/runtime/src/calls/model.ts";
import { createReports, prepareReports } from "../../apps/runtime/src/reports/index.ts";
import { connectStore } from "../../apps/runtime/src/store/store.ts";
import { writeYear } from "../load/year-of-calls.ts";
import { type Extent, figureOnly, type GoalResult } from "../measure/goal.ts";
import { median } from "../measure/statistics.ts";
import { startStore } from "../measure/store-process.ts";

const PART = "reports";
const companyId = "co_bench";
const AIM_MS = 1_000;
const range = (count: number) => Array.from({ length: count }, (_, at) => at);

/** Each report over a year, as the first to look at it sees it, on the embedded store; and what counting that year anew takes. */
export async function measureReports(root: string, { quick, wholeYear, say }: Extent): Promise<GoalResult[]> {
  const records = wholeYear ? 1_000_000 : quick ? 50_000 : 100_000;
  const days = 365;
  const from = Date.UTC(2025, 10, 1, 0) - 3_600_000;
  const now = from + days * 86_400_000 + 12 * 3_600_000;
  const queueIds = range(10).map((at) => `queue_${at}`);
  const operatorIds = range(40).map((at) => `op_${at}`);
  const store = await startStore(root);
  const { connection, close } = await connectStore(store.uri, { patienceMs: 10_000, databaseName: "reports" });
  try {
    await prepareCallCentreCollections(callCentreCollections(connection));
    await prepareCallCollections(callCollections(connection));
    await prepareReports(connection);
    say(`reports: writing ${records.toLocaleString("en")} call records of a year`);
    await writeYear(connection, { companyId, queueIds, operatorIds, from, days, records });
    const company = { companyId, timeZone: "Europe/Paris", country: "FR", pauseReasons: [], callRetentionDays: 3_650 };
    const directory = {
      company: company as unknown as Company,
      operators: new Map(),
      queues: new Map(queueIds.map((queueId) => [queueId, { queueId, name: queueId } as unknown as Queue])),
      telephones: new Map(),
    };
    const directories = { of: async () => directory, close: () => undefined };
    const clock = { now: () => now, at: () => () => undefined };
    const none = async () => [];
    const callRecords = createCallRecords({ connection, directories, clock, messagesOf: none, recordingsOf: none });
    // Each as a runtime that has just been started.
    const reports = () => createReports({ connection, directories, callRecords, clock });
    say("reports: counting the year");
    const counter = reports();
    const began = process.cpuUsage();
    const begun = performance.now();
    while (!(await counter.round(companyId)));
    const countedMs = performance.now() - begun;
    const { user, system } = process.cpuUsage(began);
    say("reports: looking at each");
    const day = (at: number) => new Date(at + 3_600_000).toISOString().slice(0, 10);
    const year = { from: day(from), to: day(now - 86_400_000), language: "en" } as const;
    const seen: { readonly name: string; readonly firstMs: number; readonly laterMs: number; readonly rows: number }[] =
      [];
    const quarter = { from: day(now - 92 * 86_400_000), to: day(now - 86_400_000) };
    const asked = [
      ...reportNames.flatMap((report) => [
        ...(report === "queues" || report === "operators" ? [{ report, step: "day" as const, ...year }] : []),
        { report, step: "month" as const, ...year },
      ]),
      { report: "queues" as const, step: "quarterOfDay" as const, ...year, ...quarter },
      { report: "queues" as const, step: "week" as const, ...year, ...quarter, compare: day(now - 183 * 86_400_000) },
    ];
    for (const one of asked) {
      const times: number[] = [];
      let rows = 0;
      for (const _ of range(quick ? 2 : 6)) {
        const at = performance.now();
        rows = (await reports().get(systemScope(companyId), one)).rows.length;
        times.push(performance.now() - at);
      }
      const [firstMs = 0, ...later] = times;
      const name = `${one.report} by ${one.step}${"compare" in one ? ", compared" : ""}`;
      seen.push({ name, firstMs, laterMs: median(later), rows });
    }
    const slowest = seen.reduce((most, one) => (one.firstMs > most.firstMs ? one : most));
    const words = seen.map(({ name, firstMs, laterMs }) => `${name} ${firstMs.toFixed(0)} (${laterMs.toFixed(0)})`);
    return [
      figureOnly({
        part: PART,
        goal: `each report over a year of ${records.toLocaleString("en")} call records, embedded store`,
        figure: `slowest first view ${slowest.firstMs.toFixed(0)} ms (${slowest.name}); first and later views, ms: ${words.join(", ")}`,
        figureGoal: "first view ≤ 1 s",
        figureMet: slowest.firstMs <= AIM_MS,
        details: { seen },
      }),
      figureOnly({
        part: PART,
        goal: "counting the sums of that year anew, from the records",
        figure: `${(countedMs / 1_000).toFixed(0)} s, of which ${((user + system) / 1e6).toFixed(0)} s of the runtime's processor: ${Math.round(records / (countedMs / 1_000)).toLocaleString("en")} records/s`,
      }),
    ];
  } finally {
    await close();
    await store.stop();
  }
}
