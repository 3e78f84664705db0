import type { OperatorClient } from "./operator-client.ts";
import { until } from "./until.ts";

/** Brings operators back to `available`, whatever the call before, or a test that failed in the middle, left them in. */
export async function freeOperators(...operators: readonly OperatorClient[]): Promise<void> {
  for (const operator of operators) {
    operator.connect();
    const free = async () => {
      const { state, legToClear } = operator.view();
      if (legToClear) await operator.post("/api/desk/leg-cleared");
      else if (state === "wrapUp") await operator.ready();
      else if (state === "paused") await operator.post("/api/desk/resume");
      else return state === "available";
      return false;
    };
    await until(free, "an operator to be free of the call", { say: () => JSON.stringify(operator.view(), null, 1) });
  }
}
