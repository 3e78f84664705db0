import { statfs } from "node:fs/promises";
import { hostname } from "node:os";
import { performance } from "node:perf_hooks";
import type { AlarmKind } from "@cordboard/api";
import type { Connection } from "mongoose";
import { callCentreCollections } from "../call-centre/index.ts";
import type { Patience } from "./hysteresis.ts";

/** One thing that was looked at. `key` names it among a company's alarms. */
export interface Observation {
  readonly key: string;
  readonly kind: AlarmKind;
  readonly about: string | null;
  readonly bad: boolean;
}

export const patienceOf: Readonly<Record<AlarmKind, Patience>> = {
  queueUnstaffed: { raiseMs: 30_000, clearMs: 30_000 },
  jambonzGone: { raiseMs: 45_000, clearMs: 60_000 },
  noSpeech: { raiseMs: 0, clearMs: 600_000 },
  storeSlow: { raiseMs: 30_000, clearMs: 60_000 },
  diskFilling: { raiseMs: 0, clearMs: 60_000 },
};

const SLOW_MS = 1_000;
const GIGABYTE = 1_000_000_000;
/** So many texts that could not be spoken within so long are no accident. */
const SPEECH_FAILURES = 3;
const SPEECH_WINDOW_MS = 300_000;

export interface ProbesGiven {
  readonly connection: Connection;
  readonly dataFolder: string;
  /** Whether jambonz' REST interface answers; null where none is configured. */
  readonly jambonzAnswers: (() => Promise<boolean>) | null;
  readonly now: () => number;
}

/** What can be looked at from this process. What concerns the installation is looked at once a round, for all companies. */
export function createProbes({ connection, dataFolder, jambonzAnswers, now }: ProbesGiven) {
  const { shifts, waitingCalls } = callCentreCollections(connection);
  const machine = hostname();
  let speechFailures: number[] = [];
  let diskWasLow = false;

  async function disk(): Promise<Observation> {
    const { bavail, blocks, bsize } = await statfs(dataFolder);
    // Once low it counts as low until there is clearly more room again.
    const margin = diskWasLow ? 1.5 : 1;
    diskWasLow = bavail * bsize < GIGABYTE * margin || bavail / Math.max(1, blocks) < 0.05 * margin;
    return { key: `disk/${machine}`, kind: "diskFilling", about: machine, bad: diskWasLow };
  }

  return {
    /** A text could not be spoken. */
    speechFailed(): void {
      speechFailures = [...speechFailures.slice(1 - SPEECH_FAILURES), now()];
    },
    /** How long the store takes to answer, ms; null when it does not. */
    async storeMs(): Promise<number | null> {
      const begun = performance.now();
      const asked = connection.db?.command({ ping: 1 }) ?? Promise.reject(new Error("not connected"));
      const patience = new Promise<null>((resolve) => setTimeout(resolve, SLOW_MS * 5, null).unref());
      const answered = await Promise.race([asked.then(() => true), patience]).catch(() => null);
      return answered === null ? null : performance.now() - begun;
    },
    storeSlow: (ms: number | null): Observation => ({
      ...{ key: "store", kind: "storeSlow", about: null, bad: ms === null || ms > SLOW_MS },
    }),
    /** Of the installation. */
    async everywhere(): Promise<Observation[]> {
      const since = now() - SPEECH_WINDOW_MS;
      const silent = speechFailures.filter((at) => at >= since).length >= SPEECH_FAILURES;
      const [room, answers] = await Promise.all([disk().catch(() => null), jambonzAnswers?.() ?? null]);
      return [
        ...(room ? [room] : []),
        ...(answers === null ? [] : [{ key: "jambonz", kind: "jambonzGone", about: null, bad: !answers } as const]),
        { key: `speech/${machine}`, kind: "noSpeech", about: null, bad: silent },
      ];
    },
    /** Of one company: the queues that want to be watched. */
    async queues(
      companyId: string,
      watched: ReadonlyMap<string, { readonly name: string; readonly operatorIds: readonly string[] }>,
    ): Promise<Observation[]> {
      const [waiting, open] = await Promise.all([
        waitingCalls
          .find({ companyId, live: true, isCallback: { $ne: true } }, { projection: { queueIds: 1, state: 1 } })
          .toArray(),
        shifts.find({ companyId, live: true }, { projection: { operatorId: 1, queueIds: 1 } }).toArray(),
      ]);
      return [...watched].map(([queueId, { name, operatorIds }]) => {
        const callers = waiting.some((call) => call.state !== "connecting" && call.queueIds.includes(queueId));
        const served = open.some((shift) => shift.queueIds.includes(queueId) && operatorIds.includes(shift.operatorId));
        return { key: `queue/${queueId}`, kind: "queueUnstaffed", about: name, bad: callers && !served };
      });
    },
  };
}

export type Probes = ReturnType<typeof createProbes>;
