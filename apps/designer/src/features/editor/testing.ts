import { type FlowDocument, readFlow } from "@cordboard/flow-schema";

/** A small flow for tests: a greeting, a menu of two keys, and a goodbye. */
export function smallFlow(): FlowDocument {
  const menu = {
    prompt: "pMenu",
    choices: [
      { id: "sales", digit: "1", label: "Sales" },
      { id: "help", digit: "2", label: "" },
    ],
    attempts: 3,
    patienceMs: 6_000,
    invalidPrompt: null,
    noInputPrompt: null,
  };
  const read = readFlow({
    formatVersion: 1,
    id: "small",
    name: "Small",
    languages: ["fr-FR", "en-GB"],
    prompts: {
      pHello: { name: "Hello", texts: { "fr-FR": "Bonjour.", "en-GB": "Hello." } },
      pMenu: { name: "Menu", texts: { "fr-FR": "Tapez 1 ou 2." } },
    },
    entry: "hello",
    nodes: [
      { id: "hello", name: "Hello", type: "play", typeVersion: 1, config: { prompt: "pHello", bargeIn: true } },
      { id: "menu", name: "Menu", type: "menu", typeVersion: 1, config: menu },
      { id: "end", name: "", type: "hangup", typeVersion: 1, config: { prompt: null } },
    ],
    edges: [
      { from: "hello", output: "done", to: "menu" },
      { from: "menu", output: "sales", to: "end" },
    ],
    layout: { hello: [0, 0], menu: [300, 0], end: [600, 100] },
  });
  if (!read.ok) throw new Error(read.findings[0]?.message.en);
  return read.document;
}
