import type { OperatorClient } from "./operator-client.ts";

/** Brings operators back to `available`, whatever the call before left them in. */
export async function freeOperators(...operators: readonly OperatorClient[]): Promise<void> {
  for (const operator of operators) {
    await operator.waitFor(({ state }) => !["offered", "ringing", "talking"].includes(state), "to be free of the call");
    if (operator.view().state === "wrapUp") await operator.ready();
    if (operator.view().state === "paused") await operator.post("/api/desk/resume");
    await operator.waitFor(({ state }) => state === "available", "to be available");
  }
}
