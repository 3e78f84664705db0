import type { Texts } from "@cordboard/api";

/** Which parts of a test call there are: its trace is read by them. */
export const testCallNodes = { hello: "nHello", echo: "nEcho" } as const;

/**
 * What somebody hears who tries the telephone system: a sentence, a request for a key, their own words again. Each way out of it says something
 * of the way that sound and keys take.
 */
export function testCallFlow(languages: readonly string[]): Record<string, unknown> {
  const french = languages[0]?.startsWith("fr") ?? false;
  const named = ({ fr, en }: Texts) => (french ? fr : en);
  const prompt = (name: string, builtIn: string) => ({ name, texts: {}, builtIn });
  const node = (id: string, caption: Texts, type: string, config: object) => ({
    ...{ id, name: named(caption), type, typeVersion: 1, config },
  });
  return {
    formatVersion: 1,
    id: "test-call",
    name: named({ fr: "Appel d’essai", en: "Test call" }),
    languages: [...languages],
    prompts: {
      pHello: prompt("Hello", "testCallHello"),
      pNoKey: prompt("No key", "testCallNoKey"),
      pDone: prompt("Done", "testCallDone"),
    },
    entry: testCallNodes.hello,
    nodes: [
      node(testCallNodes.hello, { fr: "Touche", en: "Key" }, "menu", {
        ...{ prompt: "pHello", choices: [{ id: "heard", digit: "1", label: "1" }], attempts: 3 },
        ...{ patienceMs: 8_000, invalidPrompt: null, noInputPrompt: null },
      }),
      node(testCallNodes.echo, { fr: "Écho", en: "Echo" }, "echo", {
        ...{ prompt: null, maxMs: 10_000, question: null, attempts: 2, patienceMs: 8_000 },
      }),
      node("nNoKey", { fr: "Aucune touche", en: "No key" }, "hangup", { prompt: "pNoKey" }),
      node("nDone", { fr: "Fin", en: "End" }, "hangup", { prompt: "pDone" }),
    ],
    edges: [
      { from: testCallNodes.hello, output: "heard", to: testCallNodes.echo },
      { from: testCallNodes.hello, output: "noInput", to: "nNoKey" },
      // Some key came through: the wrong one, three times.
      { from: testCallNodes.hello, output: "noMatch", to: testCallNodes.echo },
      { from: testCallNodes.echo, output: "heard", to: "nDone" },
      { from: testCallNodes.echo, output: "notHeard", to: "nDone" },
      { from: testCallNodes.echo, output: "unavailable", to: "nDone" },
    ],
  };
}
