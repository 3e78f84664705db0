import type { FlowJson } from "./flow-text.ts";

/** What a flow from nothing begins with: it can be published as it is, and says goodbye. Id and name are put by whoever creates it. */
export function firstDraft(languages: readonly string[]): FlowJson {
  return {
    formatVersion: 1,
    languages: [...languages],
    prompts: { pGoodbye: { name: "Goodbye", texts: {}, builtIn: "goodbye" } },
    entry: "nGoodbye",
    nodes: [
      {
        id: "nGoodbye",
        name: languages[0]?.startsWith("fr") ? "Au revoir" : "Goodbye",
        type: "hangup",
        typeVersion: 1,
        config: { prompt: "pGoodbye" },
      },
    ],
    edges: [],
    layout: { nGoodbye: [0, 0] },
  };
}
