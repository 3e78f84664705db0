import { edgeTargets } from "./edge-targets.ts";
import { type Finding, finding } from "./finding.ts";
import type { FlowDocument } from "./flow-document.ts";
import type { SoundNode } from "./sound-node.ts";

/** Edges that start or end nowhere, two on one output, outputs that lead nowhere, nodes that no call can reach. */
export function* checkGraph(document: FlowDocument, sound: readonly SoundNode[]): Iterable<Finding> {
  const names = new Map(document.nodes.map((node) => [node.id, node.name]));
  const outputsOf = new Map(sound.map(({ node, outputs }) => [node.id, new Set(outputs)]));
  const taken = new Set<string>();
  for (const [index, { from, output, to }] of document.edges.entries()) {
    const pointer = `/edges/${index}`;
    const node = names.get(from) ?? from;
    if (!names.has(from)) yield finding("edgeFromNowhere", { pointer: `${pointer}/from` }, { id: from });
    if (!names.has(to)) yield finding("edgeToNowhere", { pointer: `${pointer}/to` }, { id: to });
    const outputs = outputsOf.get(from);
    if (outputs && !outputs.has(output)) {
      yield finding("edgeFromUnknownOutput", { nodeId: from, pointer: `${pointer}/output` }, { node, output });
    }
    const key = JSON.stringify([from, output]);
    if (taken.has(key)) yield finding("outputTwice", { nodeId: from, pointer }, { node, output });
    taken.add(key);
  }
  for (const { node, index, facts, outputs } of sound) {
    const quiet = new Set([
      ...facts.quietOutputs(node.config),
      ...Object.keys(facts.fallbacks?.(node.config) ?? {}),
      ...Object.keys(facts.lastResorts?.(node.config) ?? {}),
    ]);
    for (const output of outputs) {
      if (!quiet.has(output) && !taken.has(JSON.stringify([node.id, output]))) {
        yield finding(
          "outputUnconnected",
          { nodeId: node.id, pointer: `/nodes/${index}` },
          { node: node.name, output },
        );
      }
    }
  }
  yield* checkReachable(document);
}

function* checkReachable(document: FlowDocument): Iterable<Finding> {
  const next = edgeTargets(document.edges);
  const reached = new Set<string>();
  const waiting = [
    document.entry,
    ...(document.onError === null ? [] : [document.onError]),
    ...Object.values(document.keys),
  ];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    waiting.push(...(next.get(id) ?? []));
  }
  for (const [index, node] of document.nodes.entries()) {
    if (!reached.has(node.id)) {
      const where = { nodeId: node.id, pointer: `/nodes/${index}`, severity: "warning" } as const;
      yield finding("unreachable", where, { node: node.name });
    }
  }
}
