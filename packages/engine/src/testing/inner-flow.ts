import { type FlowDocument, readFlow } from "@cordboard/flow-schema";

/** A flow that random flows run inside themselves: it takes a secret, asks something, has a key of its own and two ways out. */
export function innerFlow(): FlowDocument {
  const node = (id: string, type: string, config: object) => ({ id, name: id, type, typeVersion: 1, config });
  const menu = {
    prompt: "p1",
    choices: [{ id: "c0", digit: "5", label: "" }],
    attempts: 2,
    patienceMs: 5_000,
    invalidPrompt: null,
    noInputPrompt: null,
  };
  const parsed = readFlow({
    formatVersion: 1,
    id: "inner",
    name: "Inner",
    languages: ["fr-FR"],
    inputs: ["code", "word"],
    results: ["word", "code"],
    variables: { code: { type: "string", secret: true }, word: { type: "string", initial: "inside" } },
    prompts: { p1: { texts: { "fr-FR": "{{ word }}" } } },
    entry: "ask",
    keys: { 8: "other" },
    nodes: [
      node("ask", "menu", menu),
      node("change", "set", {
        assignments: [
          { variable: "word", value: "word + '!'" },
          { variable: "code", value: "code + 'y'" },
        ],
      }),
      node("out", "exit", { output: "done" }),
      node("other", "exit", { output: "other" }),
    ],
    edges: [
      { from: "ask", output: "c0", to: "change" },
      { from: "ask", output: "noInput", to: "other" },
      { from: "ask", output: "noMatch", to: "other" },
      { from: "change", output: "done", to: "out" },
    ],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return parsed.document;
}
