import { type Finding, finding } from "./finding.ts";
import type { FlowDocument } from "./flow-document.ts";
import type { SoundNode } from "./sound-node.ts";

/**
 * `passesAtOnce` tells a node that a call may go through without anybody being asked or waited for.
 *
 * Circles in which nobody is asked or waited for: a call in one would go round until the engine stops it, or hear the same prompts for
 * ever. One finding a circle, on the node where the walk met it again; the path is in the sentence. Iterative: a flow may be long.
 */
export function* checkLoops(
  document: FlowDocument,
  sound: readonly SoundNode[],
  passesAtOnce: (node: SoundNode) => boolean,
): Iterable<Finding> {
  const restless = new Map(sound.filter(passesAtOnce).map(({ node, index }) => [node.id, { node, index }]));
  const next = new Map<string, string[]>();
  for (const { from, to } of document.edges) {
    if (!restless.has(from) || !restless.has(to)) continue;
    const list = next.get(from);
    if (list) list.push(to);
    else next.set(from, [to]);
  }
  const done = new Set<string>();
  for (const start of restless.keys()) {
    if (done.has(start)) continue;
    const path: { readonly id: string; at: number }[] = [{ id: start, at: 0 }];
    const onPath = new Map([[start, 0]]);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = next.get(top.id)?.[top.at++];
      if (to === undefined) {
        done.add(top.id);
        onPath.delete(top.id);
        path.pop();
      } else if (onPath.has(to)) {
        const circle = path.slice(onPath.get(to)).map(({ id }) => restless.get(id)?.node.name ?? id);
        const found = restless.get(to);
        const where = { nodeId: to, pointer: `/nodes/${found?.index ?? 0}` };
        yield finding("loopWithoutInput", where, { path: [...circle, circle[0] ?? to].join(" → ") });
      } else if (!done.has(to)) {
        onPath.set(to, path.length);
        path.push({ id: to, at: 0 });
      }
    }
  }
}
