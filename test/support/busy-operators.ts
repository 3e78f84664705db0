import type { Exchange } from "./exchange.ts";
import type { OperatorClient } from "./operator-client.ts";

export interface BusyOperators {
  /** Legs that operators were asked to hang up. */
  readonly orphanedLegs: () => number;
  stop(): Promise<void>;
}

/**
 * Operators at telephones 11, 12 … who take every call at once, answer their telephone when it rings, hang up when they are asked to, and are
 * ready again. They ask nobody, and a caller whom they have on hold, or who does not hear them, they talk to.
 */
export function workAsOperators({ simulator }: Exchange, operators: readonly OperatorClient[]): BusyOperators {
  const answer = (id: string) => {
    if (simulator.telephones.get(id)?.phase === "ringing") simulator.telephones.answer(id);
  };
  const stopAnswering = simulator.onChange(({ id, phase }) => {
    if (phase === "ringing") setImmediate(() => answer(id));
  });
  // Those that ring already too.
  for (const { id } of simulator.telephones.list()) answer(id);
  let orphaned = 0;
  let stopped = false;
  const work = async (operator: OperatorClient, desk: string) => {
    while (!stopped) {
      const view = operator.view();
      if (view.offer) await operator.accept();
      else if (view.legToClear) {
        orphaned += 1;
        if (simulator.telephones.get(desk)?.phase === "talking") simulator.telephones.hangup(desk);
        await operator.post("/api/desk/leg-cleared");
      } else if (view.state === "wrapUp") await operator.ready();
      else if (view.state === "paused") await operator.post("/api/desk/resume");
      else if (!(await talkToThem(operator))) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const working = Promise.all(operators.map((operator, at) => work(operator, String(11 + at))));
  return {
    orphanedLegs: () => orphaned,
    async stop() {
      stopped = true;
      stopAnswering();
      await working;
    },
  };
}

/** False: they talk already, or not at all. */
async function talkToThem(operator: OperatorClient): Promise<boolean> {
  const { state, call } = operator.view();
  if (state !== "talking" || !call) return false;
  const path = `/api/desk/calls/${call.callId}`;
  let answer: Response;
  if (call.mayPassOn && call.consult) answer = await operator.del(`${path}/consult`);
  else if (call.mayPassOn && call.held) answer = await operator.put(`${path}/hold`, { held: false });
  else if (call.muted) answer = await operator.put(`${path}/mute`, { muted: false });
  else return false;
  return answer.ok;
}
