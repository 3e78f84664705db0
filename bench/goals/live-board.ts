import type { BoardCommands, BoardWork } from "../load/board-worker.ts";
import { type Extent, figureOnly, type GoalResult } from "../measure/goal.ts";
import { processorSeconds } from "../measure/processor-time.ts";
import { startRuntimeProcess } from "../measure/runtime-process.ts";
import { median, percentile } from "../measure/statistics.ts";
import { startWorker } from "../measure/worker.ts";

const VIEWERS = 20;
const OPERATORS = 40;
const PER_SECOND = 40;
/** The second in which they are told once, and half a second for everything else. */
const AIM_MS = 1_500;

interface Stretch {
  readonly work: BoardWork;
  /** The runtime's processor time, ms a second. */
  readonly ownMs: number;
}

/** What twenty live boards cost the runtime's event loop while forty operators change their state once a second each. */
export async function measureLiveBoard(root: string, { quick, say }: Extent): Promise<GoalResult[]> {
  const runtime = await startRuntimeProcess(root);
  const worker = startWorker<BoardCommands>("board-worker");
  try {
    say(`live board: ${OPERATORS} operators sign in`);
    const accounts = runtime.program().ready.accounts as { admin: { email: string; password: string } };
    const url = `http://127.0.0.1:${runtime.target.port}`;
    await worker.ask("connect", { url, ...accounts.admin, operators: OPERATORS });
    const seconds = quick ? 4 : 10;
    const stretch = async (viewers: number): Promise<Stretch> => {
      await worker.ask("boards", { count: viewers });
      const before = processorSeconds(runtime.program().pid);
      const work = await worker.ask("work", { perSecond: PER_SECOND, seconds });
      return { work, ownMs: ((processorSeconds(runtime.program().pid) - before) * 1_000) / seconds };
    };
    say(`live board: the same work without anybody looking, and with ${VIEWERS} boards`);
    const alone: Stretch[] = [];
    const watched: Stretch[] = [];
    for (let repeat = -1; repeat < (quick ? 2 : 5); repeat += 1) {
      const [one, other] = [await stretch(0), await stretch(VIEWERS)];
      if (repeat < 0) continue;
      alone.push(one);
      watched.push(other);
    }
    say(`live board: from a click to ${VIEWERS} boards`);
    await worker.ask("boards", { count: VIEWERS });
    const { ms: clickToBoards } = await worker.ask("propagate", { times: quick ? 8 : 40 });
    const [without, withBoards] = [median(alone.map(({ ownMs }) => ownMs)), median(watched.map(({ ownMs }) => ownMs))];
    const late = watched.flatMap(({ work }) => work.lateMs);
    const messages = median(watched.map(({ work }) => work.messages / VIEWERS / seconds));
    return [
      figureOnly({
        part: "board",
        goal: `an operator's click → each of ${VIEWERS} live boards shows it`,
        figure: `p50 ${median(clickToBoards).toFixed(0)}, p95 ${percentile(clickToBoards, 95).toFixed(0)} ms`,
        figureGoal: `p95 ≤ ${(AIM_MS / 1_000).toFixed(1)} s`,
        figureMet: percentile(clickToBoards, 95) <= AIM_MS,
        against: "boards are told at most once a second",
        details: { clickToBoards },
      }),
      figureOnly({
        part: "board",
        goal: `live board with ${VIEWERS} viewers, ${OPERATORS} operators changing ${PER_SECOND} times a second`,
        figure: `${(withBoards - without).toFixed(0)} ms of processor a second for all of them, ${messages.toFixed(2)} messages/s each, p95 ${percentile(late, 95).toFixed(0)} ms late`,
        against: `nobody looking: ${without.toFixed(0)} ms a second for the same work`,
        details: { withoutMs: alone.map(({ ownMs }) => ownMs), withMs: watched.map(({ ownMs }) => ownMs), watched },
      }),
    ];
  } finally {
    await worker.stop();
    await runtime.stop();
  }
}
