import { join } from "node:path";
import { DEMO_QUEUE_LINE } from "../../apps/runtime/src/seed/demo-company.ts";
import { connectStore } from "../../apps/runtime/src/store/store.ts";
import type { AgentsCommands, SignedIn, Told } from "../load/agents-worker.ts";
import { type Extent, figureOnly, type GoalResult, judge } from "../measure/goal.ts";
import { processorSeconds } from "../measure/processor-time.ts";
import { startProgram } from "../measure/program.ts";
import { type RuntimeProcess, startRuntimeProcess } from "../measure/runtime-process.ts";
import { median, medianRatio, percentile } from "../measure/statistics.ts";
import { startWorker } from "../measure/worker.ts";

/** A generator that takes more of a core has measured itself. */
const MOST_GENERATOR = 0.5;
const AIM_MS = 300;

/**
 * What operators wait for who sign in in the same moment, and whether the right to decide was lost meanwhile. Then, from the click on Accept to the
 * answer upon which the agent has the script opened, with so many agents connected; against a socket.io server that only sends to as many what one
 * of them says.
 */
export async function measureAgents(root: string, { quick, say }: Extent): Promise<GoalResult[]> {
  const [operators, atOnce] = quick ? [200, 200] : [1_000, 500];
  const [calls, repeats] = quick ? [5, 2] : [10, 7];
  const runtime = await startRuntimeProcess(root);
  const bare = await startProgram(join(import.meta.dirname, "broadcast.js"));
  const worker = startWorker<AgentsCommands>("agents-worker");
  try {
    say(`agents: ${operators.toLocaleString("en")} operators are created`);
    const accounts = runtime.program().ready.accounts as { admin: { email: string; password: string } };
    const url = `http://127.0.0.1:${runtime.target.port}`;
    await worker.ask("create", { url, ...accounts.admin, operators });
    say(`agents: they sign in and connect, ${atOnce} at once`);
    const rush = await signIn(runtime, () => worker.ask("signIn", { atOnce, floorPort: Number(bare.ready.port) }));
    const accepts: Told[] = [];
    const broadcasts: Told[] = [];
    for (let repeat = -1; repeat < repeats; repeat += 1) {
      say(`agents: ${calls} calls are accepted${repeat < 0 ? " (warming up)" : ""}`);
      const accepted = await worker.ask("accepts", { target: runtime.target, to: DEMO_QUEUE_LINE, calls });
      const sent = await worker.ask("broadcasts", { times: calls });
      if (repeat < 0) continue;
      accepts.push(accepted);
      broadcasts.push(sent);
    }
    const middles = (told: readonly Told[]) => told.map(({ ms }) => median(ms));
    const all = accepts.flatMap(({ ms }) => ms);
    const floor = broadcasts.flatMap(({ ms }) => ms);
    const p95 = percentile(all, 95);
    const cores = median(accepts.map(({ generatorCores }) => generatorCores));
    return [
      figureOnly({
        part: "agents",
        goal: `${operators.toLocaleString("en")} operators sign in, ${atOnce} in the same moment`,
        figure: `the right to decide was lost ${rush.leasesLost} times, ${rush.again} were asked to try again; the middle of them ready after ${(median(rush.ms) / 1_000).toFixed(0)} s, all after ${(rush.allMs / 1_000).toFixed(0)} s; ${rush.ownMs.toFixed(0)} ms of the runtime's processor each`,
        figureGoal: "not lost",
        figureMet: rush.leasesLost === 0,
        against: "one hash of a password at a time, for which half of the cores may be taken",
        details: { rush },
      }),
      judge({
        part: "agents",
        goal: `click on Accept → the script opens, ${operators.toLocaleString("en")} agents connected`,
        ratio: medianRatio(middles(accepts), middles(broadcasts)),
        atMost: 3,
        figure: `p50 ${median(all).toFixed(0)}, p95 ${p95.toFixed(0)} ms`,
        figureGoal: `p95 ≤ ${AIM_MS} ms`,
        figureMet: p95 <= AIM_MS,
        against: `bare socket.io broadcast to as many, p50 ${median(floor).toFixed(0)}, p95 ${percentile(floor, 95).toFixed(0)} ms`,
        voidBecause: cores > MOST_GENERATOR ? `the generator took ${cores.toFixed(2)} of a core` : null,
        details: { accepts, broadcasts },
      }),
    ];
  } finally {
    await worker.stop();
    await bare.stop();
    await runtime.stop();
  }
}

/** How the rush went, with how often the company's lease changed hands in it and what each operator cost the runtime, ms of processor. */
async function signIn(runtime: RuntimeProcess, ask: () => Promise<SignedIn>) {
  const { connection, close } = await connectStore(runtime.store.uri, { patienceMs: 10_000 });
  const taken = async () => {
    const leases = await connection
      .collection("leases")
      .find({}, { projection: { epoch: 1 } })
      .toArray();
    return leases.reduce((sum, { epoch }) => sum + Number(epoch), 0);
  };
  try {
    const [before, used] = [await taken(), processorSeconds(runtime.program().pid)];
    const signedIn = await ask();
    const ownMs = ((processorSeconds(runtime.program().pid) - used) * 1_000) / signedIn.ms.length;
    return { ...signedIn, ownMs, leasesLost: (await taken()) - before };
  } finally {
    await close();
  }
}
