import type { FlowDocument } from "../flow-document.ts";
import { readFlow } from "../parse-flow.ts";

/** A flow of toy nodes: `{ a: "say", b: "end" }`, edges as `a.done>b`. */
export function toyFlow(
  nodes: Readonly<Record<string, string>>,
  edges: readonly string[],
  more: Readonly<Record<string, unknown>> = {},
): FlowDocument {
  const parsed = readFlow({
    formatVersion: 1,
    id: "toy",
    name: "Toy",
    languages: ["fr-FR", "en-GB"],
    entry: Object.keys(nodes)[0],
    nodes: Object.entries(nodes).map(([id, type]) => ({
      id,
      name: id.toUpperCase(),
      type,
      typeVersion: 1,
      config: {},
    })),
    edges: edges.map((edge) => {
      const [, from, output, to] = /^(.+)\.(.+)>(.+)$/.exec(edge) ?? [];
      return { from, output, to };
    }),
    ...more,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.findings));
  return parsed.document;
}
