import { type CompiledFlow, compile } from "@cordboard/engine";
import { parseFlow } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";

const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
const edge = (from: string, output: string, to: string) => ({ from, output, to });
const play = (id: string) => node(id, "play", { prompt: "pWelcome", bargeIn: false });
const menu = (id: string) =>
  node(id, "menu", {
    prompt: "pMenu",
    choices: [
      { id: "sales", digit: "1", label: "Sales" },
      { id: "support", digit: "2", label: "Support" },
    ],
    attempts: 3,
    patienceMs: 6_000,
    invalidPrompt: null,
    noInputPrompt: null,
  });

function flowDocument(id: string, nodes: readonly object[], edges: readonly object[], entry: string) {
  return {
    formatVersion: 1,
    id,
    name: id,
    languages: ["fr-FR", "en-GB"],
    prompts: {
      pWelcome: { texts: { "fr-FR": "Bonjour", "en-GB": "Hello" }, builtIn: "demoWelcome" },
      pMenu: { texts: { "fr-FR": "Tapez 1 ou 2", "en-GB": "Press 1 or 2" }, builtIn: "demoMenu" },
      pGoodbye: { texts: { "fr-FR": "Au revoir", "en-GB": "Goodbye" }, builtIn: "goodbye" },
    },
    entry,
    nodes,
    edges,
  };
}

/**
 * Five steps, each of which the caller hears: greeting, menu, announcement, menu, goodbye. A caller who presses 1 twice goes through all
 * of them. The hand-written application of `peers/` says and asks the same.
 */
export function fiveStepFlow(): object {
  return flowDocument(
    "reception",
    [play("n1"), menu("n2"), play("n3"), menu("n4"), node("n5", "hangup", { prompt: "pGoodbye" })],
    [
      edge("n1", "done", "n2"),
      ...["sales", "support", "noInput", "noMatch"].map((output) => edge("n2", output, "n3")),
      edge("n3", "done", "n4"),
      ...["sales", "support", "noInput", "noMatch"].map((output) => edge("n4", output, "n5")),
    ],
    "n1",
  );
}

/** A ring of `size` nodes (greeting, menu, greeting …) that a call goes round without end. `size` is even, 2 at least. */
export function ringFlow(size: number): CompiledFlow {
  const ids = Array.from({ length: size }, (_, index) => `n${index}`);
  const nodes = ids.map((id, index) => (index % 2 === 0 ? play(id) : menu(id)));
  const edges = ids.flatMap((id, index) => {
    const to = ids[(index + 1) % size] ?? "n0";
    return index % 2 === 0
      ? [edge(id, "done", to)]
      : ["sales", "support", "noInput", "noMatch"].map((output) => edge(id, output, to));
  });
  const parsed = parseFlow(JSON.stringify(flowDocument("ring", nodes, edges, "n0")));
  const compiled = parsed.ok ? compile(parsed.document, registry) : parsed;
  if (!compiled.ok) throw new Error(`the ring does not compile: ${JSON.stringify(compiled.findings.slice(0, 3))}`);
  return compiled.flow;
}
