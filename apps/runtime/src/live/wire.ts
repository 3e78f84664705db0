import type { ByHand } from "@cordboard/acd";
import {
  type LiveBoard,
  type LiveOperatorState,
  type LiveQueueState,
  type QueueByHand,
  standardGoal,
  standardLimits,
  type WaitingCaller,
} from "@cordboard/api";
import { reaches, reachesOperator, type Scope } from "../access/index.ts";
import { numberText } from "../companies/index.ts";
import type { Directory } from "../desk/index.ts";
import type { LiveOperatorRow, LiveQueueRow, LiveSnapshot, VisitCounts, WaitingCallerRow } from "../ports/index.ts";

const iso = (at: number) => new Date(at).toISOString();
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

/** The board as it goes over the wire: every queue and operator that there is, with their names; who is not signed in is offline. */
export function liveBoard({ epoch, seq, now, queues, operators }: LiveSnapshot, directory: Directory): LiveBoard {
  const queueRows = new Map(queues.map((row) => [row.queueId, row]));
  const operatorRows = new Map(operators.map((row) => [row.operatorId, row]));
  const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
  return {
    ...{ epoch, seq, now: iso(now) },
    queues: [...directory.queues.values()]
      .map(({ queueId, name, goal = standardGoal, limits = standardLimits }) => ({
        ...{ ...queueState(queueRows.get(queueId) ?? emptyQueue(queueId)), name, goal, limits },
      }))
      .sort(byName),
    operators: [...directory.operators.values()]
      .filter(({ operatorId, enabled }) => enabled || operatorRows.has(operatorId))
      .map(({ operatorId, name, code }) => {
        const row = operatorRows.get(operatorId);
        return { ...(row ? operatorState(row, directory) : absent(operatorId)), name, code };
      })
      .sort(byName),
  };
}

/** As much of the board as belongs to the queues that a supervisor is limited to. */
export function boardWithin(scope: Pick<Scope, "queues">, board: LiveBoard, directory: Directory): LiveBoard {
  return scope.queues ? { ...board, ...rowsWithin(scope, board, directory) } : board;
}

/**
 * The rows that belong to the queues that a supervisor is limited to: these, and the operators who serve them. That such an operator is busy
 * with a call of another queue is seen, and not with whom.
 */
export function rowsWithin<Queue extends LiveQueueState, Operator extends LiveOperatorState>(
  scope: Pick<Scope, "queues">,
  rows: { readonly queues: readonly Queue[]; readonly operators: readonly Operator[] },
  { queues }: Pick<Directory, "queues">,
): { readonly queues: Queue[]; readonly operators: Operator[] } {
  return {
    queues: rows.queues.filter(({ queueId }) => reaches(scope, [queueId])),
    operators: rows.operators
      .filter(({ operatorId }) => reachesOperator(scope, operatorId, queues))
      .map((row) => ({
        ...row,
        queueIds: row.queueIds.filter((queueId) => reaches(scope, [queueId])),
        on: row.on && reaches(scope, [row.on.queueId]) ? row.on : null,
      })),
  };
}

/** What a supervisor said by hand, as it goes over the wire. */
export function wireByHand({ until, at, ...said }: ByHand): QueueByHand {
  return { ...said, until: isoOrNull(until), at: iso(at) };
}

export function queueState({ longestSince, opening, day, halfHour, ...row }: LiveQueueRow): LiveQueueState {
  // A process of an earlier version says nothing of the expected wait.
  const expectedWaitMs = row.expectedWaitMs ?? null;
  return {
    ...row,
    ...(opening && { opening: { open: opening.open, byHand: opening.byHand && wireByHand(opening.byHand) } }),
    expectedWaitMs,
    longestSince: isoOrNull(longestSince),
    day: withLevel(day),
    halfHour: withLevel(halfHour),
  };
}

/** A hidden number does not leave the runtime, whatever the network said of it. */
export function operatorState(row: LiveOperatorRow, { company, telephones }: Directory): LiveOperatorState {
  const { since, signedInAt, telephoneId, pause, queueIds, on, ...rest } = row;
  const card = on?.card?.hidden ? null : (on?.card ?? null);
  return {
    ...rest,
    since: since === 0 ? null : iso(since),
    signedInAt: isoOrNull(signedInAt),
    pause: pause && { ...pause },
    telephoneName: telephoneId === null ? null : (telephones.get(telephoneId)?.name ?? telephoneId),
    queueIds: [...queueIds],
    on: on && {
      ...{ callId: on.callId, queueId: on.queueId, callback: on.callback, callerName: card?.callerName ?? null },
      helpSince: isoOrNull(on.helpSince),
      heldSince: isoOrNull(on.heldSince),
      ...(on.listeners && {
        listeners: on.listeners.map(({ supervisionId, userId, name, mode }) => ({ supervisionId, userId, name, mode })),
      }),
      fromText: card?.from ? numberText(card.from, company.country) : null,
    },
  };
}

export function waitingCaller(row: WaitingCallerRow, queueId: string, { company }: Directory): WaitingCaller {
  const { callId, card, since, state, movedUp } = row;
  const { hidden, lineName } = card;
  return {
    ...{ callId, queueId, hidden, lineName, state, since: iso(since), movedUp },
    fromText: hidden || card.from === null ? null : numberText(card.from, company.country),
    callerName: hidden ? null : card.callerName,
  };
}

function withLevel<Counts extends VisitCounts>(counts: Counts): Counts & { readonly serviceLevel: number | null } {
  const { answered, abandoned, left, inTime } = counts;
  const served = answered + abandoned + left;
  return { ...counts, serviceLevel: served === 0 ? null : inTime / served };
}

function absent(operatorId: string): LiveOperatorState {
  return {
    ...{ operatorId, state: "offline", since: null, signedInAt: null, pause: null, afterCall: null },
    ...{ telephoneName: null, queueIds: [], on: null, connected: false, toAcknowledge: 0 },
  };
}

function emptyQueue(queueId: string): LiveQueueRow {
  const halfHour = { answered: 0, abandoned: 0, left: 0, inTime: 0 };
  const day = { offered: 0, ...halfHour, shortAbandoned: 0 };
  const staff = { signedIn: 0, available: 0, paused: 0 };
  return { queueId, waiting: 0, longestSince: null, callbacks: 0, expectedWaitMs: null, ...staff, day, halfHour };
}
