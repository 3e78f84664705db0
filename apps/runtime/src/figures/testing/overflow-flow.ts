import type { CompiledFlow } from "@cordboard/engine";
import { compiledDocument } from "../../testing/compiled-document.ts";

const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
const edge = (from: string, output: string, to: string) => ({ from, output, to });

/** A menu with one key; 45 s at most in the first queue, then the second, which is left when nobody serves it; goodbye. */
export function overflowFlow(first: string, second: string): CompiledFlow {
  const hunt = (queue: string, maxWaitMs: number | null, leaveWhenUnstaffed: boolean) => ({
    queue,
    priority: 0,
    announcement: null,
    holdMusic: ["pMusic"],
    maxWaitMs,
    leaveWhenUnstaffed,
    ringMs: 20_000,
    ringMusic: null,
  });
  const document = {
    formatVersion: 1,
    id: "overflow",
    name: "Overflow",
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
      node("first", "hunt", hunt(first, 45_000, false)),
      node("second", "hunt", hunt(second, null, true)),
      node("bye", "hangup", { prompt: null }),
    ],
    edges: [
      edge("menu", "sales", "first"),
      edge("menu", "noInput", "bye"),
      edge("menu", "noMatch", "bye"),
      edge("first", "ended", "bye"),
      edge("first", "timeout", "second"),
      edge("first", "unstaffed", "bye"),
      edge("second", "ended", "bye"),
      edge("second", "timeout", "bye"),
      edge("second", "unstaffed", "bye"),
    ],
  };
  return compiledDocument(document);
}
