import {
  type AcdEvent,
  type AcdState,
  type ByHand,
  decide,
  emptyState,
  type Intent,
  type Queue,
  type Result,
} from "@cordboard/acd";
import type { VirtualClock } from "./virtual-clock.ts";

/** The call centre of a scenario: the very decisions of the product, on virtual time. */
export interface CallCentre {
  state(): AcdState;
  /** Lets something happen and carries out what follows. */
  happen(event: AcdEvent): Result;
  /** A place in line: a number that the store would draw. */
  nextPlace(): number;
  /** Sees to it that the queue exists and that the operator may serve it. */
  staff(queueId: string, operatorId: string | null): void;
  /** Sees to it that the queue exists, and has these limits. */
  limit(queueId: string, limits: QueueLimits): void;
  /** Sees to it that the queue exists; what a supervisor says of it by hand; null: nothing. */
  open(queueId: string, byHand: ByHand | null): void;
}

/** How many may wait in a queue and for how long, milliseconds; null: any number, for ever. */
export interface QueueLimits {
  readonly mostWaiting: number | null;
  readonly longestWaitMs: number | null;
}

const COMPANY = "company_scenario";

/** `carryOut` is told of every intent but the clock's own, after the decision that gave it. */
export function createCallCentre(clock: VirtualClock, carryOut: (intent: Intent) => void): CallCentre {
  let state = emptyState(COMPANY);
  let decisions = 0;
  let places = 0;
  let cancelSweep: () => void = () => undefined;

  function happen(event: AcdEvent): Result {
    const decision = decide(state, event, { now: clock.now(), fresh: String(decisions++).padStart(4, "0") });
    state = decision.state;
    for (const intent of decision.intents) {
      if (intent.type === "scheduleAt") {
        cancelSweep();
        cancelSweep = clock.after(Math.max(0, intent.at - clock.now()), () => happen({ type: "sweep" }));
      } else carryOut(intent);
    }
    return decision.result;
  }

  return {
    state: () => state,
    happen,
    nextPlace: () => ++places,
    staff: (queueId, operatorId) => {
      const known = state.queues[queueId];
      if (known && (operatorId === null || known.operatorIds.includes(operatorId))) return;
      const queue: Queue = {
        ...(known ?? newQueue(queueId)),
        operatorIds: [...(known?.operatorIds ?? []), ...(operatorId === null ? [] : [operatorId])],
      };
      happen({ type: "queueChanged", queue });
    },
    open: (queueId, byHand) => {
      const queue = state.queues[queueId] ?? newQueue(queueId);
      happen({ type: "queueChanged", queue: { ...queue, opening: { scheduleId: null, byHand } } });
    },
    limit: (queueId, limits) => {
      happen({ type: "queueChanged", queue: { ...(state.queues[queueId] ?? newQueue(queueId)), ...limits } });
    },
  };
}

function newQueue(id: string): Queue {
  return {
    id,
    companyId: COMPANY,
    operatorIds: [],
    order: "longestIdle",
    offerMs: 15_000,
    wrapUpMs: null,
    refusalAllowed: true,
    missedMeansPause: true,
    askAgainMs: 60_000,
    askAgainAloneMs: 5_000,
  };
}
