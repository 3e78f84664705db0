import type { NodeStates, Steps } from "@cordboard/node-kit";
import type { MenuConfig } from "./config.ts";

/** Silence after an apology before the question is asked again, milliseconds. */
const AFTER_APOLOGY_MS = 100;

/**
 * Asks up to `attempts` times; silence and a wrong key both count. The caller always leaves by a named output. An apology before the
 * next question listens as well: a caller who knows the menu need not wait for it.
 */
export function menuStates(config: MenuConfig, steps: Steps): NodeStates {
  const { collect, leaveBy, pressed, triesUsed, countTry } = steps;
  const lastTry = { guard: triesUsed(config.attempts) };
  const chosen = config.choices.map(({ id, digit }) => ({ guard: pressed(digit), target: leaveBy(id) }));
  const { repeatKey = null } = config;
  // Who asks to hear it again has used no attempt.
  const repeat = repeatKey === null ? [] : [{ guard: pressed(repeatKey), target: "repeating", reenter: true }];
  const question = collect({ prompt: config.prompt, maxDigits: 1, patienceMs: config.patienceMs });
  const wrong = [
    ...chosen,
    ...repeat,
    { ...lastTry, target: leaveBy("noMatch") },
    { target: config.invalidPrompt === null ? "asking" : "sayingInvalid", reenter: true },
  ];
  const silent = [
    { ...lastTry, target: leaveBy("noInput") },
    { target: config.noInputPrompt === null ? "asking" : "sayingNoInput", reenter: true },
  ];
  const apology = (prompt: string): NodeStates => ({
    entry: collect({ prompt, maxDigits: 1, patienceMs: AFTER_APOLOGY_MS }),
    on: { "input.digits": [...chosen, ...repeat, { target: "asking" }], "input.silence": "asking" },
  });
  return {
    initial: "asking",
    states: {
      asking: {
        entry: [countTry, question],
        on: { "input.digits": wrong, "input.silence": silent },
      },
      ...(repeatKey === null
        ? {}
        : { repeating: { entry: question, on: { "input.digits": wrong, "input.silence": silent } } }),
      ...(config.invalidPrompt === null ? {} : { sayingInvalid: apology(config.invalidPrompt) }),
      ...(config.noInputPrompt === null ? {} : { sayingNoInput: apology(config.noInputPrompt) }),
    },
  };
}
