import { edgeTargets } from "./edge-targets.ts";
import { type Finding, finding } from "./finding.ts";
import type { FlowDocument } from "./flow-document.ts";
import type { SoundNode } from "./sound-node.ts";

/** Of the nodes of a circle, in a sentence. */
const MOST_NAMED = 12;

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
  const next = edgeTargets(document.edges.filter(({ from, to }) => restless.has(from) && restless.has(to)));
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
        const where = { nodeId: to, pointer: `/nodes/${restless.get(to)?.index ?? 0}` };
        const nameOf = (id: string) => restless.get(id)?.node.name ?? id;
        yield finding("loopWithoutInput", where, { path: circleText(path, onPath.get(to) ?? 0, nameOf) });
      } else if (!done.has(to)) {
        onPath.set(to, path.length);
        path.push({ id: to, at: 0 });
      }
    }
  }
}

/** `A → B → A`; of a circle that nobody could follow in a sentence, its beginning and its last step. */
function circleText(path: readonly { readonly id: string }[], from: number, nameOf: (id: string) => string): string {
  const length = path.length - from;
  const shown = path.slice(from, from + Math.min(length, MOST_NAMED)).map(({ id }) => nameOf(id));
  const last = path.at(-1);
  const rest = length > MOST_NAMED && last ? ["…", nameOf(last.id)] : [];
  return [...shown, ...rest, shown[0]].join(" → ");
}
