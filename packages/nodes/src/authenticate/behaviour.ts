import type { NodeStates, NodeTransition, Steps } from "@cordboard/node-kit";
import type { AuthenticateConfig } from "./config.ts";

/** Silence between two keys after which the code counts as keyed, milliseconds. */
const BETWEEN_KEYS_MS = 4_000;
/** One-time codes of the host have so many figures. */
const ONE_TIME_DIGITS = 6;

/**
 * Has the contact who calls prove who they are: asks for a code, and the host whether it is right. A one-time code is sent first. Silence and
 * wrong codes both use an attempt; wrong ones count across calls too, which is the host's to say (`locked`). What is keyed is secret.
 */
export function authenticateStates(config: AuthenticateConfig, steps: Steps): NodeStates {
  const { askIdentity, builtIn, collect, countTry, identityIs, leaveBy, say, triesUsed } = steps;
  const { by, source, to } = config;
  const question = { by, source, to };
  const lastTry = triesUsed(config.attempts);
  const unavailable = leaveBy("unavailable");
  const locked: NodeTransition = { guard: identityIs("locked"), target: leaveBy("locked") };
  const asking = collect({
    prompt: config.prompt ?? builtIn(by === "pin" ? "authenticatePin" : "authenticateSent"),
    maxDigits: by === "pin" ? config.maxDigits : ONE_TIME_DIGITS,
    finishOnKey: "#",
    patienceMs: config.patienceMs,
    interDigitMs: BETWEEN_KEYS_MS,
    secret: true,
  });
  return {
    initial: by === "pin" ? "asking" : "sending",
    states: {
      ...(by === "pin"
        ? {}
        : {
            sending: {
              entry: askIdentity({ what: "send", ...question }),
              on: { "identity.answered": [{ guard: identityIs("sent"), target: "asking" }, locked, unavailable] },
            },
          }),
      asking: {
        entry: [countTry, asking],
        on: {
          "input.digits": { target: "checking", actions: askIdentity({ what: "check", ...question }) },
          "input.silence": [
            { guard: lastTry, target: leaveBy("noInput") },
            { target: "asking", reenter: true },
          ],
        },
      },
      checking: {
        on: {
          "identity.answered": [
            {
              guard: identityIs("verified"),
              target: config.verifiedPrompt === null ? leaveBy("verified") : "welcoming",
            },
            locked,
            { guard: identityIs("unavailable"), target: unavailable },
            { guard: lastTry, target: leaveBy("failed") },
            "sayingWrong",
          ],
        },
      },
      sayingWrong: { entry: say(config.wrongPrompt ?? builtIn("authenticateWrong")), on: { "play.done": "asking" } },
      ...(config.verifiedPrompt === null
        ? {}
        : { welcoming: { entry: say(config.verifiedPrompt), on: { "play.done": leaveBy("verified") } } }),
    },
  };
}
