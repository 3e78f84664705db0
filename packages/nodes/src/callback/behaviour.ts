import type { NodeStates, Steps } from "@cordboard/node-kit";
import { readBack } from "../read-back.ts";
import type { CallbackConfig } from "./config.ts";

const HIDDEN = "hidden";

/**
 * Finds out which number to ring: the one that the network shows, when the caller says that it is right, or one that they key. A caller
 * who hides their number is asked for one. Then the promise is made; a number that cannot be rung is asked for again.
 */
export function callbackStates(config: CallbackConfig, steps: Steps): NodeStates {
  const { advance, builtIn, callbackIs, choose, chosen, collect, countTry, digitCount, keepDigits, leaveBy } = steps;
  const { promiseCallback, say, setVariables, triesUsed } = steps;
  const { queue, schedule, keepPlace, variable } = config;
  const lastTry = { guard: triesUsed(config.attempts), target: leaveBy("noNumber") };
  return {
    initial: "beginning",
    states: {
      beginning: {
        entry: [choose([{ id: HIDDEN, expression: 'call.callerHidden || call.callerNumber == ""' }]), advance],
        on: {
          advance: [
            { guard: chosen(HIDDEN), target: "entering" },
            {
              target: "readingBack",
              actions: setVariables([{ variable, expression: "call.callerNumber" }]),
            },
          ],
        },
      },
      ...readBack(
        {
          variable,
          before: config.numberPrompt ?? builtIn("callbackNumberIs"),
          question: config.confirmPrompt ?? builtIn("callbackConfirmKeys"),
          patienceMs: config.patienceMs,
          attempts: config.attempts,
          right: { target: "promising" },
          wrong: [lastTry, "entering"],
          silent: leaveBy("noNumber"),
        },
        steps,
      ),
      entering: {
        entry: [
          countTry,
          collect({
            prompt: config.enterPrompt ?? builtIn("callbackEnterNumber"),
            minDigits: config.minDigits,
            maxDigits: config.maxDigits,
            finishOnKey: "#",
            patienceMs: config.patienceMs,
            interDigitMs: config.interDigitMs,
            into: variable,
          }),
        ],
        on: {
          "input.digits": [
            {
              guard: digitCount(config.minDigits, config.maxDigits),
              target: "readingBack",
              actions: keepDigits(variable),
            },
            "sayingWrong",
          ],
          "input.silence": [lastTry, { target: "entering", reenter: true }],
        },
      },
      sayingWrong: {
        entry: say(config.wrongPrompt ?? builtIn("callbackWrongNumber")),
        on: { "play.done": [lastTry, "entering"] },
      },
      promising: {
        entry: promiseCallback({ queueId: queue, number: `{{ ${variable} }}`, keepPlace, scheduleId: schedule }),
        on: {
          "callback.answered": [
            ...(["promised", "already", "full"] as const).map((result) => ({
              guard: callbackIs(result),
              target: leaveBy(result),
            })),
            "sayingWrong",
          ],
        },
      },
    },
  };
}
