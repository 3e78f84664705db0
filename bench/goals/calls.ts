import { join } from "node:path";
import type { Load, LoadCommands } from "../load/load-worker.ts";
import type { Target } from "../load/played-call.ts";
import { type Extent, figureOnly, type GoalResult, judge } from "../measure/goal.ts";
import { processorSeconds } from "../measure/processor-time.ts";
import { type Program, startProgram } from "../measure/program.ts";
import { type RuntimeProcess, startRuntimeProcess } from "../measure/runtime-process.ts";
import { median, medianRatio, percentile } from "../measure/statistics.ts";
import { startWorker, type Worker } from "../measure/worker.ts";

const PART = "calls";
/** A generator that takes more of a core has measured itself. */
const MOST_GENERATOR = 0.5;
const PARALLEL = 64;
const NEW_CALLS_PER_SECOND = 50;
/** What the documented application can carry with room to spare: at 50 its latency would be that of its queue. */
const NEW_CALLS_OF_DOCUMENTED = 4;
const THINK_MS = 100;

interface Contender {
  readonly name: "runtime" | "sdk" | "documented" | "echo";
  readonly target: Target;
  readonly pid: number;
  readonly perSecond: number;
  readonly saturated: (Load & { readonly processorMs: number })[];
  readonly paced: Load[];
}

const rate = ({ calls, seconds }: Load) => calls / seconds;

/** Whole calls over real WebSockets: the runtime on its store, the hand-written application, and the bare echo, in turn. */
export async function measureCalls(root: string, extent: Extent): Promise<GoalResult[]> {
  const runtime = await startRuntimeProcess(root);
  const peers = await Promise.all(["sdk-application", "echo"].map((name) => startProgram(peerFile(name))));
  const generator = startWorker<LoadCommands>("load-worker");
  try {
    const [sdk, echo] = peers;
    if (!sdk || !echo) throw new Error("a peer is missing");
    const ours = ofRuntime(runtime);
    const theirs = ofPeer("sdk", sdk, sdk.ready.uncheckedPort);
    const documented = ofPeer("documented", sdk, sdk.ready.port);
    const floor = ofPeer("echo", echo, echo.ready.port);
    await saturate(generator, [ours, theirs, floor, documented], runtime.line, extent);
    await pace(generator, [ours, theirs, floor, documented], runtime.line, extent);
    return [
      throughput(ours, documented, floor),
      processorPerCall(ours, theirs, floor),
      hookLatency(ours, theirs, floor),
      firstMedia(ours, documented, ""),
      firstMedia(ours, theirs, ", the SDK's validation off"),
    ];
  } finally {
    await generator.stop();
    for (const peer of peers) await peer.stop();
    await runtime.stop();
  }
}

const peerFile = (name: string) => join(import.meta.dirname, `${name}.js`);

function ofRuntime({ target, program }: RuntimeProcess): Contender {
  return { name: "runtime", target, pid: program().pid, perSecond: NEW_CALLS_PER_SECOND, saturated: [], paced: [] };
}

function ofPeer(name: "sdk" | "documented" | "echo", { pid }: Program, port: unknown): Contender {
  const kind = name === "echo" ? "echo" : "application";
  const target = { port: Number(port), path: "/call", authorization: "Basic eDp5", kind } as const;
  const perSecond = name === "documented" ? NEW_CALLS_OF_DOCUMENTED : NEW_CALLS_PER_SECOND;
  return { name, target, pid, perSecond, saturated: [], paced: [] };
}

async function saturate(
  generator: Worker<LoadCommands>,
  contenders: readonly Contender[],
  to: string,
  { quick, say }: Extent,
): Promise<void> {
  for (let repeat = -1; repeat < (quick ? 2 : 7); repeat += 1) {
    for (const { name, target, pid, saturated } of contenders) {
      say(`calls: as many as go, ${name}${repeat < 0 ? " (warming up)" : ""}`);
      const used = processorSeconds(pid);
      const load = whole(
        name,
        await generator.ask("saturate", { target, to, parallel: PARALLEL, seconds: quick ? 2 : 4 }),
      );
      if (repeat >= 0) saturated.push({ ...load, processorMs: ((processorSeconds(pid) - used) / load.calls) * 1_000 });
    }
  }
}

async function pace(
  generator: Worker<LoadCommands>,
  contenders: readonly Contender[],
  to: string,
  { quick, say }: Extent,
): Promise<void> {
  for (let repeat = 0; repeat < (quick ? 1 : 5); repeat += 1) {
    for (const { name, target, perSecond, paced } of contenders) {
      say(`calls: ${perSecond} new ones a second, ${name}`);
      const given = { target, to, perSecond, seconds: quick ? 4 : 10, thinkMs: THINK_MS };
      paced.push(whole(name, await generator.ask("paced", given)));
    }
  }
}

/** A run in which calls failed measured something else. */
function whole(name: string, load: Load): Load {
  if (load.failed.length > 0) throw new Error(`${name}: ${load.failed.join("; ")}`);
  return load;
}

function generatorTooBusy(...runs: readonly (readonly Load[])[]): string | null {
  const cores = Math.max(...runs.map((loads) => median(loads.map(({ generatorCores }) => generatorCores))));
  return cores > MOST_GENERATOR ? `the generator took ${cores.toFixed(2)} of a core` : null;
}

const callsPerSecond = ({ saturated }: Contender) => saturated.map(rate);
const processorMs = ({ saturated }: Contender) => saturated.map((load) => load.processorMs);

function throughput(ours: Contender, documented: Contender, floor: Contender): GoalResult {
  const mine = median(callsPerSecond(ours));
  const echoVoid = generatorTooBusy(floor.saturated);
  const echo = `bare ws echo: ${median(callsPerSecond(floor)).toFixed(0)}${echoVoid ? ` at least, as ${echoVoid}` : ""}`;
  return judge({
    part: PART,
    goal: "new calls with a five-step flow over real WebSockets",
    ratio: medianRatio(callsPerSecond(ours), callsPerSecond(documented)),
    atLeast: 0.5,
    figure: `${mine.toFixed(0)} calls/s`,
    figureGoal: "≥ 100/s",
    figureMet: mine >= 100,
    against: `hand-written SDK application: ${median(callsPerSecond(documented)).toFixed(1)} calls/s; ${echo}`,
    voidBecause: generatorTooBusy(ours.saturated, documented.saturated),
    details: {
      parallel: PARALLEL,
      callsPerSecond: {
        runtime: callsPerSecond(ours),
        documented: callsPerSecond(documented),
        echo: callsPerSecond(floor),
      },
      generatorCores: [ours, documented, floor].map(({ saturated }) => saturated.map((load) => load.generatorCores)),
    },
  });
}

/**
 * The SDK's session without its validation takes so little that the generator would be measured; processor time knows no generator. The
 * store's is not in it: it runs beside, and the peer keeps nothing.
 */
function processorPerCall(ours: Contender, theirs: Contender, floor: Contender): GoalResult {
  const per = (contender: Contender) => median(processorMs(contender)).toFixed(2);
  return judge({
    part: PART,
    goal: "the same by processor time of a call, the SDK's validation off",
    ratio: medianRatio(processorMs(theirs), processorMs(ours)),
    atLeast: 0.5,
    figure: `${per(ours)} ms a call`,
    against: `SDK's session without its validation: ${per(theirs)} ms a call; bare ws echo: ${per(floor)} ms`,
    details: { callsPerSecondOfSdk: callsPerSecond(theirs), processorMs: [ours, theirs, floor].map(processorMs) },
  });
}

function hookLatency(ours: Contender, theirs: Contender, floor: Contender): GoalResult {
  const at = ({ paced }: Contender, percent: number) => paced.map(({ hooksMs }) => percentile([...hooksMs], percent));
  const [p50, p95, p99] = [50, 95, 99].map((percent) => median(at(ours, percent)));
  const all = [50, 95, 99].map((percent) => [
    `p${percent}`,
    [ours, theirs, floor].map((one) => median(at(one, percent))),
  ]);
  return judge({
    part: PART,
    goal: `hook received → ack sent, p99 at ${NEW_CALLS_PER_SECOND} new calls/s`,
    ratio: medianRatio(at(ours, 99), at(floor, 99)),
    atMost: 5,
    figure: `p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}`,
    figureGoal: "p95 ≤ 20 ms, p99 ≤ 50 ms",
    figureMet: (p95 ?? 0) <= 20 && (p99 ?? 0) <= 50,
    against: `bare ws echo: p50 ${ms(median(at(floor, 50)))}, p99 ${ms(median(at(floor, 99)))}`,
    voidBecause: generatorTooBusy(ours.paced, floor.paced),
    details: { thinkMs: THINK_MS, medianMsOfRuntimeSdkEcho: Object.fromEntries(all) },
  });
}

function firstMedia(ours: Contender, theirs: Contender, which: string): GoalResult {
  const at = ({ paced }: Contender, percent: number) =>
    paced.map(({ firstMediaMs }) => percentile([...firstMediaMs], percent));
  const p95 = median(at(ours, 95));
  return judge({
    part: PART,
    goal: `session:new received → first media verb sent, p95${which}`,
    ratio: medianRatio(at(ours, 95), at(theirs, 95)),
    atMost: 3,
    figure: `p50 ${ms(median(at(ours, 50)))}, p95 ${ms(p95)} at ${ours.perSecond} new calls/s`,
    figureGoal: "p95 ≤ 200 ms",
    figureMet: p95 <= 200,
    against: `hand-written SDK application at ${theirs.perSecond} new calls/s: p50 ${ms(median(at(theirs, 50)))}, p95 ${ms(median(at(theirs, 95)))}`,
    voidBecause: generatorTooBusy(ours.paced, theirs.paced),
    details: { p50Ratio: medianRatio(at(ours, 50), at(theirs, 50)) },
  });
}

const ms = (value: number | undefined) => `${(value ?? Number.NaN).toFixed(1)} ms`;

/** Killed with calls alive: when is the runtime there again, and when has the first call been taken up? */
export async function measureRestart(root: string, { quick, say }: Extent): Promise<GoalResult[]> {
  const runtime = await startRuntimeProcess(root);
  const generator = startWorker<LoadCommands>("load-worker");
  try {
    const listening: number[] = [];
    const acked: number[] = [];
    for (let repeat = 0; repeat < (quick ? 2 : 5); repeat += 1) {
      say("restart: kill -9 with 100 calls alive");
      const { target, line: to } = runtime;
      const { sids } = await generator.ask("holdCalls", { target, to, calls: 100 });
      await runtime.program().kill();
      const reconnected = generator.ask("reconnect", { target, to, callSid: sids[0] ?? "" });
      const program = await runtime.startAgain();
      listening.push(program.readyMs);
      acked.push((await reconnected).ms);
    }
    return [
      figureOnly({
        part: "restart",
        goal: "back after kill -9, 100 calls alive",
        figure: `process start → listening ${ms(median(listening))}, → first session:reconnect acked ${ms(median(acked))}`,
        details: { listeningMs: listening, ackedMs: acked },
      }),
    ];
  } finally {
    await generator.stop();
    await runtime.stop();
  }
}
