import type { Exchange } from "./exchange.ts";
import type { OperatorClient } from "./operator-client.ts";

export interface BusyOperators {
  /** Legs that operators were asked to hang up. */
  readonly orphanedLegs: () => number;
  stop(): Promise<void>;
}

/** Operators at telephones 11, 12 … who take every call at once, answer their telephone when it rings, hang up when they are asked to, and are ready again. */
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
      else await new Promise((resolve) => setTimeout(resolve, 20));
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
