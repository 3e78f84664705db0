import type { NodeStates, NodeTransition, Steps } from "@cordboard/node-kit";
import type { LanguageConfig } from "./config.ts";

/** Silence between the question in one language and in the next, milliseconds. */
const BETWEEN_MS = 100;

/**
 * Asks in one language after the other, listening all the while; the key of a choice makes its language the caller's. A key that no
 * choice has begins again with the first language.
 */
export function languageStates(config: LanguageConfig, steps: Steps): NodeStates {
  const { builtIn, collect, countTry, inLanguage, leaveBy, pressed, setLanguage, triesUsed } = steps;
  const { choices } = config;
  const prompt = config.prompt ?? builtIn("chooseLanguage");
  const chosen = choices.map(
    ({ digit, language }): NodeTransition => ({
      guard: pressed(digit),
      target: leaveBy("chosen"),
      actions: setLanguage(language),
    }),
  );
  const again: readonly NodeTransition[] = [
    { guard: triesUsed(config.attempts), target: leaveBy("unchosen") },
    { target: "asking0", reenter: true },
  ];
  const states = choices.map(({ language }, index): readonly [string, NodeStates] => {
    const isLast = index === choices.length - 1;
    const ask = collect({
      prompt: inLanguage(prompt, language),
      maxDigits: 1,
      patienceMs: isLast ? config.patienceMs : BETWEEN_MS,
    });
    return [
      `asking${index}`,
      {
        entry: index === 0 ? [countTry, ask] : ask,
        on: { "input.digits": [...chosen, ...again], "input.silence": isLast ? again : `asking${index + 1}` },
      },
    ];
  });
  return { initial: "asking0", states: Object.fromEntries(states) };
}
