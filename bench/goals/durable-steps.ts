import { join } from "node:path";
import type { StepsCommands, Work } from "../load/steps-worker.ts";
import { type Extent, figureOnly, type GoalResult, judge } from "../measure/goal.ts";
import { logLogSlope, median, medianRatio, percentile } from "../measure/statistics.ts";
import { startStore } from "../measure/store-process.ts";
import { startWorker } from "../measure/worker.ts";

/** Calls that wait for the store at once, and so the largest bulk write. */
const PARALLEL = 256;

const perSecond = ({ done, seconds }: Work) => done / seconds;

/** Durable steps of the runtime's own call core on the embedded store, against the store's raw bulk writes. */
export async function measureDurableSteps(root: string, { quick, say }: Extent): Promise<GoalResult[]> {
  const part = "steps";
  const store = await startStore(root);
  const worker = startWorker<StepsCommands>("steps-worker");
  try {
    say("steps: one runtime's steps against raw bulk writes");
    const promptsFolder = join(root, "packages/prompts/audio");
    await worker.ask("connect", { uri: store.uri, database: "cordboard", storePid: store.pid, promptsFolder });
    await worker.ask("begin", { calls: 2 * PARALLEL });
    const count = quick ? 3_000 : 12_000;
    const ours: Work[] = [];
    const raw: Work[] = [];
    for (let repeat = -1; repeat < (quick ? 3 : 9); repeat += 1) {
      const [mine, theirs] = [
        await worker.ask("steps", { parallel: PARALLEL, count }),
        await worker.ask("raw", { batch: PARALLEL, inFlight: 2, count }),
      ];
      if (repeat < 0) continue;
      ours.push(mine);
      raw.push(theirs);
    }
    const rate = median(ours.map(perSecond));
    const own = median(ours.map(({ done, ownSeconds }) => (ownSeconds / done) * 1e6));
    const stores = median(ours.map(({ done, storeSeconds }) => (storeSeconds / done) * 1e6));
    const rawStores = median(raw.map(({ done, storeSeconds }) => (storeSeconds / done) * 1e6));
    say("steps: at half load");
    const latencies: number[] = [];
    for (let repeat = 0; repeat < (quick ? 1 : 3); repeat += 1) {
      const paced = await worker.ask("paced", { perSecond: rate / 2, seconds: quick ? 3 : 8 });
      latencies.push(percentile([...paced.latencies], 99));
    }
    const p99 = median(latencies);
    const single = await worker.ask("alone", { count: quick ? 500 : 3_000 });
    const [alone50, alone99] = [50, 99].map((percent) => percentile([...single.latencies], percent).toFixed(1));
    const { steps } = await worker.ask("check", {});
    return [
      judge({
        part,
        goal: "durable call steps, one runtime, embedded store",
        ratio: medianRatio(ours.map(perSecond), raw.map(perSecond)),
        atLeast: 0.3,
        figure: `${Math.round(rate)} steps/s, p99 ${p99.toFixed(0)} ms at half load`,
        figureGoal: "≥ 2,000/s, p99 ≤ 50 ms at half load",
        figureMet: rate >= 2_000 && p99 <= 50,
        against: `raw bulk writes of the same size: ${Math.round(median(raw.map(perSecond)))} /s`,
        details: {
          parallel: PARALLEL,
          runtimeUsPerStep: own,
          storeUsPerStep: stores,
          storeUsPerRawWrite: rawStores,
          perSecondOfRuntimeProcessor: 1e6 / own,
          ours,
          raw,
          p99AtHalfLoadMs: latencies,
          stepsFoundDurable: steps,
        },
      }),
      figureOnly({
        part,
        goal: "one durable write alone, by the driver",
        figure: `p50 ${alone50} ms, p99 ${alone99} ms`,
        against: "nothing: it is the floor under every hook's answer",
      }),
    ];
  } finally {
    await worker.stop();
    await store.stop();
  }
}

/** How a durable step's time grows with the calls that are alive: one runtime a size, all on one store, measured in turn. */
export async function measureGrowthWithCalls(root: string, { quick, say }: Extent): Promise<GoalResult[]> {
  const sizes = quick ? [100, 300, 1_000, 3_000] : [100, 300, 1_000, 3_000, 10_000];
  const store = await startStore(root);
  const runtimes = sizes.map((size) => ({
    size,
    worker: startWorker<StepsCommands>("steps-worker"),
    works: [] as Work[],
  }));
  try {
    for (const { size, worker } of runtimes) {
      say(`growth: ${size.toLocaleString("en-GB")} calls begin`);
      const promptsFolder = join(root, "packages/prompts/audio");
      await worker.ask("connect", { uri: store.uri, database: `calls${size}`, storePid: store.pid, promptsFolder });
      await worker.ask("begin", { calls: size });
    }
    say("growth: steps with so many calls alive");
    const parallel = 64;
    const count = quick ? 1_500 : 4_000;
    for (let repeat = -2; repeat < (quick ? 5 : 15); repeat += 1) {
      for (const { worker, works } of runtimes) {
        const work = await worker.ask("steps", { parallel, count });
        if (repeat >= 0) works.push(work);
      }
    }
    for (const { worker } of runtimes) await worker.ask("check", {});
    const points = (of: (work: Work) => number) =>
      runtimes.map(({ size, works }) => ({ x: size, y: median(works.map((work) => (of(work) / work.done) * 1e6)) }));
    const time = points(({ seconds }) => seconds);
    const processor = points(({ ownSeconds, storeSeconds }) => ownSeconds + storeSeconds);
    return [
      judge({
        part: "growth",
        goal: `growth: time of a durable step, calls alive 100 → ${(sizes.at(-1) ?? 0).toLocaleString("en-GB")}`,
        ratio: logLogSlope(time),
        atMost: 0.05,
        unit: " slope",
        figure: time.map(({ x, y }) => `${x}: ${y.toFixed(0)} µs`).join(" · "),
        against: `processor time of runtime and store: slope ${logLogSlope(processor).toFixed(3)}`,
        details: { time, processor, runtimeOnly: points(({ ownSeconds }) => ownSeconds), parallel },
      }),
    ];
  } finally {
    for (const { worker } of runtimes) await worker.stop();
    await store.stop();
  }
}
