import { answerCommands } from "../measure/worker.ts";
import { holdCall, reconnectCall } from "./held-call.ts";
import { type CallTimes, playCall, type Target } from "./played-call.ts";

/** What became of a load, and what making it cost. */
export interface Load {
  readonly calls: number;
  readonly failed: readonly string[];
  readonly seconds: number;
  /** Processor time of the generator, per second. Over 0.5 the run is void: it would have measured the generator. */
  readonly generatorCores: number;
  readonly firstMediaMs: Float64Array;
  readonly hooksMs: Float64Array;
}

export type LoadCommands = {
  /** As many whole calls as go, `parallel` at a time, one after the other without a pause. */
  readonly saturate: { given: { target: Target; to: string; parallel: number; seconds: number }; answer: Load };
  /** New calls at a rate, whether or not the earlier ones are over; each verb lasts `thinkMs`. */
  readonly paced: {
    given: { target: Target; to: string; perSecond: number; seconds: number; thinkMs: number };
    answer: Load;
  };
  /** Calls that hear the first announcement and stay in it; resolves when all hear it. */
  readonly holdCalls: { given: { target: Target; to: string; calls: number }; answer: { sids: readonly string[] } };
  /** Connects until somebody listens, comes back to the call; ms from now to the ack of `session:reconnect`. */
  readonly reconnect: { given: { target: Target; to: string; callSid: string }; answer: { ms: number } };
};

/** How many failures are told. */
const TOLD = 5;
let count = 0;

async function load(run: (play: (thinkMs: number) => Promise<void>) => Promise<void>, target: Target, to: string) {
  const times: CallTimes[] = [];
  const failed: string[] = [];
  const play = async (thinkMs: number) => {
    const callSid = `${process.pid}-${Date.now().toString(36)}-${count++}`;
    try {
      times.push(await playCall(target, { callSid, from: "+15083084809", to }, thinkMs));
    } catch (error) {
      failed.push(error instanceof Error ? error.message : String(error));
    }
  };
  const [began, used] = [performance.now(), process.cpuUsage()];
  await run(play);
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(used);
  return {
    calls: times.length,
    failed: failed.length > TOLD ? [...failed.slice(0, TOLD), `and ${failed.length - TOLD} more`] : failed,
    seconds,
    generatorCores: (user + system) / 1e6 / seconds,
    firstMediaMs: Float64Array.from(times, ({ firstMediaMs }) => firstMediaMs),
    hooksMs: Float64Array.from(times.flatMap(({ hooksMs }) => hooksMs)),
  };
}

answerCommands<LoadCommands>({
  saturate: ({ target, to, parallel, seconds }) =>
    load(
      async (play) => {
        const until = performance.now() + seconds * 1_000;
        const one = async () => {
          while (performance.now() < until) await play(0);
        };
        await Promise.all(Array.from({ length: parallel }, one));
      },
      target,
      to,
    ),
  async holdCalls({ target, to, calls }) {
    const sids = Array.from({ length: calls }, () => `${process.pid}-held-${count++}`);
    await Promise.all(sids.map((callSid) => holdCall(target, { callSid, from: "+15083084809", to })));
    return { sids };
  },
  async reconnect({ target, to, callSid }) {
    const began = performance.now();
    await reconnectCall(target, { callSid, from: "+15083084809", to });
    return { ms: performance.now() - began };
  },
  paced: ({ target, to, perSecond, seconds, thinkMs }) =>
    load(
      async (play) => {
        const total = Math.round(perSecond * seconds);
        const running: Promise<void>[] = [];
        const began = performance.now();
        for (let index = 0; index < total; index += 1) {
          const wait = began + (index / perSecond) * 1_000 - performance.now();
          if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
          running.push(play(thinkMs));
        }
        await Promise.all(running);
      },
      target,
      to,
    ),
});
