import type { NodeStates, NodeTransition, Steps } from "@cordboard/node-kit";
import type { LookupConfig } from "./config.ts";

/** Asks who calls, and goes where the answer leads; what the caller hears goes on meanwhile. Whoever is found is spoken to in their language. */
export function lookupStates({ source, by, value, speakLanguage }: LookupConfig, steps: Steps): NodeStates {
  const { contactIs, leaveBy, lookUpContact, useContactLanguage } = steps;
  const found: NodeTransition = {
    guard: contactIs("found"),
    target: leaveBy("found"),
    ...(speakLanguage && { actions: useContactLanguage }),
  };
  return {
    entry: lookUpContact({ source, by, value }),
    on: {
      "contact.answered": [
        found,
        { guard: contactIs("several"), target: leaveBy("several") },
        { guard: contactIs("blocked"), target: leaveBy("blocked") },
        { guard: contactIs("failed"), target: leaveBy("failed") },
        leaveBy("none"),
      ],
    },
  };
}
