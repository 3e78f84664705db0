import type { CompiledFlow } from "@cordboard/engine";
import { compiledDocument } from "./compiled-document.ts";

const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
const edge = (from: string, output: string, to: string) => ({ from, output, to });

/** A small flow for tests: a menu with one key, a queue with music, goodbye. */
export function deskFlow(): CompiledFlow {
  const document = {
    formatVersion: 1,
    id: "desk",
    name: "Desk",
    languages: ["en-GB"],
    prompts: {
      pMenu: { texts: { "en-GB": "Press one" }, builtIn: "demoMenu" },
      pMusic: { texts: { "en-GB": "music" }, builtIn: "holdMusic" },
    },
    entry: "menu",
    nodes: [
      node("menu", "menu", {
        prompt: "pMenu",
        choices: [{ id: "sales", digit: "1", label: "Sales" }],
        attempts: 2,
        patienceMs: 6000,
        invalidPrompt: null,
        noInputPrompt: null,
      }),
      node("desk", "hunt", {
        queue: "queue_sales",
        priority: 0,
        announcement: null,
        holdMusic: ["pMusic"],
        maxWaitMs: null,
        leaveWhenUnstaffed: false,
        ringMs: 20000,
        ringMusic: null,
      }),
      node("bye", "hangup", { prompt: null }),
    ],
    edges: [
      edge("menu", "sales", "desk"),
      edge("menu", "noInput", "bye"),
      edge("menu", "noMatch", "bye"),
      edge("desk", "ended", "bye"),
      edge("desk", "timeout", "bye"),
      edge("desk", "unstaffed", "bye"),
    ],
  };
  return compiledDocument(document);
}
