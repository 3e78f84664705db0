import type { AgentView } from "@cordboard/api";
import type { Exchange } from "./exchange.ts";
import type { OperatorClient } from "./operator-client.ts";
import { type PlacedCall, placeCall } from "./place-call.ts";

/** Gives a whole number from 0 on, below its argument. */
export type Pick = (below: number) => number;

/** A generator of random numbers (mulberry32): the same seed, the same storm, as far as two processes allow. */
export function random(seed: number): Pick {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What callers, operators and telephones may do; `null` where it is not possible just now. */
type Deed = (pick: Pick) => (() => unknown) | null;

/** Who and what the storm is about. */
export interface Stage {
  readonly exchange: Exchange;
  readonly operators: readonly OperatorClient[];
  /** Of those who call: how many there may be. */
  readonly callerCount: number;
  /** Who has called, by their telephone. */
  readonly callers: Map<string, PlacedCall>;
  /** Telephones that may be asked or given a call, by their number; nobody sits there. */
  readonly outside: readonly string[];
  readonly queueIds: readonly string[];
  /** Operators whose last click has not been answered yet: they wait, the others do not. */
  readonly waiting: Set<OperatorClient>;
}

const nobody = (kind: "call" | "offer") => `${kind}_${"0".repeat(32)}`;

/** The operators' telephones are 11, 12 … */
export const deskOf = (at: number): string => String(11 + at);

/** Everything that can be done, as often as it is to be drawn. */
export function stormDeeds(stage: Stage): readonly Deed[] {
  return [...callersDo(stage), ...operatorsDo(stage), ...theyTalk(stage), ...telephonesDo(stage)];
}

const seldom =
  (deed: Deed): Deed =>
  (pick) =>
    pick(3) === 0 ? deed(pick) : null;
const often = (times: number, deed: Deed): readonly Deed[] => Array<Deed>(times).fill(deed);

function callersDo({ exchange, callers, callerCount }: Stage): readonly Deed[] {
  const { telephones, admin } = exchange;
  const phaseOf = (id: string) => telephones.get(id)?.phase ?? "idle";
  return [
    ...often(4, (pick) => {
      const name = `caller ${pick(callerCount)}`;
      return phaseOf(name) === "idle" ? () => callers.set(name, placeCall(exchange, name)) : null;
    }),
    (pick) => {
      const name = `caller ${pick(callerCount)}`;
      return pick(8) === 0 && phaseOf(name) !== "idle" ? () => telephones.hangup(name) : null;
    },
    (pick) => {
      const [name, call] = [...callers][pick(callerCount)] ?? [];
      if (!name || !call || phaseOf(name) === "idle" || pick(6) > 0) return null;
      return async () => {
        const [found] = await exchange.calls({ from: call.from, status: "live" });
        // Whoever is asked may die in the middle of it.
        if (found) await admin.call("live.moveUp", { params: { callId: found._id } }).catch(() => undefined);
      };
    },
  ];
}

function operatorDoes(
  { operators, waiting }: Stage,
  possible: (view: AgentView) => boolean,
  act: (operator: OperatorClient, pick: Pick) => unknown,
): Deed {
  return (pick) => {
    const operator = operators[pick(operators.length)];
    // Now and then what is not possible is tried all the same: a late or a repeated click.
    if (!operator || !((!waiting.has(operator) && possible(operator.view())) || pick(50) === 0)) return null;
    return async () => {
      waiting.add(operator);
      await act(operator, pick);
      waiting.delete(operator);
    };
  };
}

function operatorsDo(stage: Stage): readonly Deed[] {
  const does = (...[possible, act]: [Parameters<typeof operatorDoes>[1], Parameters<typeof operatorDoes>[2]]) =>
    operatorDoes(stage, possible, act);
  const isOffered = ({ offer }: AgentView) => offer !== null;
  return [
    ...often(
      4,
      does(isOffered, (operator) => operator.accept()),
    ),
    does(isOffered, (operator) => operator.refuse()),
    ...often(
      3,
      does(
        ({ state }) => state === "wrapUp",
        (operator) => operator.ready(),
      ),
    ),
    ...often(
      3,
      does(
        ({ state }) => state === "paused",
        (operator) => operator.post("/api/desk/resume"),
      ),
    ),
    does(
      ({ offer }) => offer?.autoAcceptMs !== undefined && offer.acceptsAt === undefined,
      (operator) => operator.post(`/api/desk/offers/${operator.view().offer?.offerId ?? nobody("offer")}/shown`),
    ),
    does(
      () => false,
      (operator) => operator.post("/api/desk/pause", { reason: null }),
    ),
    does(
      () => false,
      (operator) => {
        operator.disconnect();
        operator.connect();
      },
    ),
    does(
      ({ legToClear }) => legToClear,
      (operator) => operator.post("/api/desk/leg-cleared"),
    ),
  ];
}

/** What an operator does in the middle of a conversation: hold, ask somebody first, all three, pass on. */
function theyTalk(stage: Stage): readonly Deed[] {
  const { operators, outside, queueIds } = stage;
  const path = (operator: OperatorClient) => `/api/desk/calls/${operator.view().call?.callId ?? nobody("call")}`;
  const talks = ({ state, call }: AgentView) => state === "talking" && call !== null;
  const may = (view: AgentView) => talks(view) && view.call?.mayPassOn === true;
  const asks = ({ call }: AgentView) => call?.consult !== undefined;
  const does = (
    possible: (view: AgentView) => boolean,
    act: (operator: OperatorClient, path: string, pick: Pick) => unknown,
  ) => operatorDoes(stage, possible, (operator, pick) => act(operator, path(operator), pick));
  const somebody = (pick: Pick): object => {
    const kind = pick(8);
    if (kind < 4) return { kind: "operator", operatorId: operators[pick(operators.length)]?.operatorId };
    if (kind < 6) return { kind: "queue", queueId: queueIds[pick(queueIds.length)] };
    return kind < 7 ? { kind: "number", number: outside[pick(outside.length)] } : { kind: "switchboard" };
  };
  return [
    does(may, (operator, call) => operator.put(`${call}/hold`, { held: !operator.view().call?.held })),
    does(talks, (operator, call) => operator.put(`${call}/mute`, { muted: !operator.view().call?.muted })),
    does(
      (view) => may(view) && !asks(view),
      (operator, call, pick) => operator.post(`${call}/consult`, { to: somebody(pick) }),
    ),
    // All three together, once whoever was asked talks.
    does(
      (view) => view.call?.consult?.state === "talking" && view.call.held === true,
      (operator, call) => operator.put(`${call}/hold`, { held: false }),
    ),
    does(
      (view) => view.call?.consult?.state === "talking",
      (operator, call) => operator.post(`${call}/consult/complete`),
    ),
    seldom(
      does(
        (view) => may(view) && asks(view),
        (operator, call) => operator.del(`${call}/consult`),
      ),
    ),
    seldom(
      does(may, (operator, call, pick) => {
        const to = pick(8) === 0 ? { kind: "flow", flowId: "short" } : somebody(pick);
        return operator.post(`${call}/pass-on`, { to });
      }),
    ),
    seldom(does(talks, (operator, call) => operator.post(`${call}/hang-up`))),
  ];
}

function telephonesDo({ exchange, operators, outside }: Stage): readonly Deed[] {
  const { telephones } = exchange;
  const desks = [...operators.map((_, at) => deskOf(at)), ...outside, "10"];
  const does =
    (phase: string, act: (desk: string, pick: Pick) => void): Deed =>
    (pick) => {
      const desk = desks[pick(desks.length)] ?? "";
      return telephones.get(desk)?.phase === phase ? () => act(desk, pick) : null;
    };
  return [
    ...often(
      4,
      does("ringing", (desk) => telephones.answer(desk)),
    ),
    does("ringing", (desk, pick) => telephones.reject(desk, pick(2) ? 486 : 480)),
    does("talking", (desk) => telephones.hangup(desk)),
  ];
}
