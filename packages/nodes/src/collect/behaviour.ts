import type { NodeStates, Steps } from "@cordboard/node-kit";
import { readBack } from "../read-back.ts";
import type { CollectConfig } from "./config.ts";

/**
 * Asks for a number of keys until there are enough of them, and has them confirmed where that is asked for. What was keyed is in the
 * variable from the moment it is valid; a caller who corrects it replaces it. Silence and too few keys both use an attempt.
 */
export function collectStates(config: CollectConfig, steps: Steps): NodeStates {
  const { builtIn, collect, countTry, digitCount, keepDigits, leaveBy, pressed, say, triesUsed } = steps;
  const lastTry = triesUsed(config.attempts);
  const asking = collect({
    prompt: config.prompt ?? builtIn("enterNumber"),
    minDigits: config.minDigits,
    maxDigits: config.maxDigits,
    ...(config.finishOnKey === null ? {} : { finishOnKey: config.finishOnKey }),
    patienceMs: config.patienceMs,
    interDigitMs: config.interDigitMs,
    into: config.variable,
  });
  const enough = digitCount(config.minDigits, config.maxDigits);
  const { repeatKey = null } = config;
  const answered: NodeStates["on"] = {
    "input.digits": [
      // Alone, it asks for the question again, which uses no attempt.
      ...(repeatKey === null ? [] : [{ guard: pressed(repeatKey), target: "repeating", reenter: true }]),
      {
        guard: enough,
        target: config.confirm ? "readingBack" : leaveBy("done"),
        actions: keepDigits(config.variable),
      },
      { guard: lastTry, target: leaveBy("noMatch") },
      "sayingInvalid",
    ],
    "input.silence": [{ guard: lastTry, target: leaveBy("noInput") }, "sayingNoInput"],
  };
  return {
    initial: "asking",
    states: {
      asking: { entry: [countTry, asking], on: answered },
      ...(repeatKey === null ? {} : { repeating: { entry: asking, on: answered } }),
      sayingInvalid: { entry: say(config.invalidPrompt ?? builtIn("invalidKey")), on: { "play.done": "asking" } },
      sayingNoInput: { entry: say(config.noInputPrompt ?? builtIn("nothingKeyed")), on: { "play.done": "asking" } },
      ...(config.confirm
        ? readBack(
            {
              variable: config.variable,
              before: config.beforePrompt ?? builtIn("youKeyed"),
              question: config.confirmPrompt ?? builtIn("confirmKeys"),
              patienceMs: config.patienceMs,
              attempts: config.attempts,
              right: { target: leaveBy("done") },
              wrong: [{ guard: lastTry, target: leaveBy("noMatch") }, "asking"],
              silent: leaveBy("noInput"),
            },
            steps,
          )
        : {}),
    },
  };
}
