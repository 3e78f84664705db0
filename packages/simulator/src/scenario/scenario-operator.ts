import type { Shift } from "@cordboard/acd";
import type { CallCentre } from "./call-centre.ts";
import type { TelephoneBehaviour } from "./caller-line.ts";
import { type Duration, milliseconds } from "./duration.ts";
import type { ScenarioFailure } from "./scenario-failure.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** An operator of a scenario, signed in with a telephone that answers, unless told otherwise. */
export interface ScenarioOperator {
  readonly id: string;
  readonly telephoneId: string;
  /** What the telephone does when it is rung from now on. */
  telephoneIs(kind: "free" | "busy" | "silent" | "unreachable"): ScenarioOperator;
  answersAfter(duration: Duration): ScenarioOperator;
  /** Serves only these queues; an operator who is not told serves all. */
  serves(...queues: readonly string[]): ScenarioOperator;
  /** Waits for an offer, and accepts it this long after it came. */
  acceptsAfter(duration: Duration): void;
  refusesAfter(duration: Duration): void;
  /** Waits for an offer and lets it run out. */
  missesTheOffer(): void;
  isOffered(): void;
  isNotOffered(): void;
  hangsUp(): void;
  isReady(): void;
  pauses(): void;
  resumes(): void;
  signsOut(): void;
  /** The state of design and screens: available, offered, ringing, talking, wrapUp, paused … */
  is(state: Shift["state"]): void;
}

export interface OperatorWorld {
  readonly clock: VirtualClock;
  readonly centre: CallCentre;
  /** Ends the conversation that this telephone is in. */
  hangUpTelephone(telephoneId: string): boolean;
  fail(message: string): ScenarioFailure;
}

/** How long a scenario waits for an offer before it gives up, milliseconds of virtual time. */
const WAITS_FOR_OFFER_MS = 120_000;
const ANSWERS_AFTER_MS = 1_000;

export interface OperatorInside {
  readonly operator: ScenarioOperator;
  behaviour(): TelephoneBehaviour;
  offered(offerId: string): void;
  withdrawn(offerId: string): void;
  /** There is a new queue. */
  appears(queueId: string): void;
}

/** Signs the operator in. */
export function createScenarioOperator(world: OperatorWorld, id: string, queueIds: readonly string[]): OperatorInside {
  const { clock, centre } = world;
  const telephoneId = `telephone_${id}`;
  const shiftId = `shift_${id}`;
  let behaviour: TelephoneBehaviour = { kind: "answers", afterMs: ANSWERS_AFTER_MS };
  let ticked: readonly string[] = queueIds;
  let chosen: readonly string[] | null = null;
  let offer: { readonly id: string; readonly at: number } | null = null;

  centre.happen({
    type: "signedIn",
    operatorId: id,
    shiftId,
    telephoneId,
    takeOver: false,
    queueIds,
    connectionId: `connection_${id}`,
  });

  function tick(queues: readonly string[]): void {
    for (const queueId of queues) centre.staff(queueId, id);
    ticked = queues;
    centre.happen({ type: "queuesTicked", shiftId, queueIds: queues });
  }

  function awaitOffer(): { readonly id: string; readonly at: number } {
    clock.passUntil(() => offer !== null, WAITS_FOR_OFFER_MS);
    if (!offer) throw world.fail(`${id} is offered no call within ${WAITS_FOR_OFFER_MS / 1_000} s (is ${state()})`);
    return offer;
  }

  function answerAfter(duration: Duration, type: "accepted" | "refused"): void {
    const { id: offerId, at } = awaitOffer();
    clock.pass(Math.max(0, at + milliseconds(duration) - clock.now()));
    const result = centre.happen({ type, shiftId, offerId });
    if (!result.ok) throw world.fail(`${id} could not answer the offer: ${result.reason}`);
    offer = null;
  }

  const state = (): Shift["state"] => centre.state().shifts[shiftId]?.state ?? "offline";

  const operator: ScenarioOperator = {
    id,
    telephoneId,
    telephoneIs: (kind) => {
      behaviour = kind === "free" ? { kind: "answers", afterMs: ANSWERS_AFTER_MS } : { kind };
      return operator;
    },
    answersAfter: (duration) => {
      behaviour = { kind: "answers", afterMs: milliseconds(duration) };
      return operator;
    },
    serves: (...queues) => {
      chosen = queues;
      tick(queues);
      return operator;
    },
    acceptsAfter: (duration) => answerAfter(duration, "accepted"),
    refusesAfter: (duration) => answerAfter(duration, "refused"),
    missesTheOffer: () => {
      awaitOffer();
      if (!clock.passUntil(() => offer === null, WAITS_FOR_OFFER_MS)) throw world.fail(`${id}'s offer never ran out`);
    },
    isOffered: () => void awaitOffer(),
    isNotOffered: () => {
      if (offer) throw world.fail(`${id} is offered a call`);
    },
    hangsUp: () => {
      if (!world.hangUpTelephone(telephoneId)) throw world.fail(`${id} is not talking to anybody`);
    },
    isReady: () => void centre.happen({ type: "ready", shiftId }),
    pauses: () => void centre.happen({ type: "paused", shiftId, label: null }),
    resumes: () => void centre.happen({ type: "resumed", shiftId }),
    signsOut: () => void centre.happen({ type: "signedOut", shiftId }),
    is: (expected) => {
      if (state() !== expected) throw world.fail(`${id} is ${state()}, not ${expected}`);
    },
  };
  return {
    operator,
    behaviour: () => behaviour,
    offered: (offerId) => {
      offer = { id: offerId, at: clock.now() };
    },
    withdrawn: (offerId) => {
      if (offer?.id === offerId) offer = null;
    },
    appears: (queueId) => {
      if (chosen === null && !ticked.includes(queueId)) tick([...ticked, queueId]);
    },
  };
}
