import { type Finding, finding } from "./finding.ts";
import type { FlowDocument } from "./flow-document.ts";
import type { SoundNode } from "./sound-node.ts";

/** Of the nodes of a way, in a sentence. */
const MOST_NAMED = 12;

/**
 * The ends that a call can come to without ever being answered, where a line lets callers hear this flow before the answer: they hear a
 * prompt, and then that the call was refused. Often that is what is meant (nobody pays to hear that one is closed), so it is a warning.
 * Whether a node answers is over-approximated: what passes at once never does, what waits does unless its type says by which outputs a
 * call may leave it unanswered. One finding an end, with the shortest way there.
 */
export function* checkAnswer(
  document: FlowDocument,
  sound: readonly SoundNode[],
  passesAtOnce: (node: SoundNode) => boolean,
): Iterable<Finding> {
  // Keys that hold everywhere are listened for in everything that is heard, which answers.
  if (Object.keys(document.keys).length > 0) return;
  const byId = new Map(sound.map((one) => [one.node.id, one]));
  const edges = new Map<string, { readonly output: string; readonly to: string }[]>();
  for (const { from, output, to } of document.edges) {
    const leaving = edges.get(from);
    if (leaving) leaving.push({ output, to });
    else edges.set(from, [{ output, to }]);
  }
  /** Node → the one before it on the shortest way. */
  const cameFrom = new Map<string, string | null>([[document.entry, null]]);
  const due = [document.entry];
  for (let at = 0; at < due.length; at += 1) {
    const one = byId.get(due[at] ?? "");
    if (!one) continue;
    const { node, index, facts, outputs } = one;
    const leaves = new Set(passesAtOnce(one) ? outputs : (facts.unansweredOutputs?.(node.config) ?? []));
    const waits = outputs.length > 0 && leaves.size === 0;
    if (waits) continue;
    const leaving = (edges.get(node.id) ?? []).filter(({ output }) => leaves.has(output));
    for (const { to } of leaving) {
      if (cameFrom.has(to)) continue;
      cameFrom.set(to, node.id);
      due.push(to);
    }
    const isEnd = outputs.length === 0 && (facts.exit?.(node.config) ?? null) === null;
    if (isEnd) {
      const path = wayTo(node.id, cameFrom).map((id) => byId.get(id)?.node.name ?? id);
      yield finding(
        "neverAnswered",
        { nodeId: node.id, pointer: `/nodes/${index}`, severity: "warning" },
        { node: node.name, path: shown(path) },
      );
    }
  }
}

function wayTo(id: string, cameFrom: ReadonlyMap<string, string | null>): readonly string[] {
  const way: string[] = [];
  for (let at: string | null | undefined = id; at; at = cameFrom.get(at)) way.unshift(at);
  return way;
}

function shown(path: readonly string[]): string {
  const cut = path.length > MOST_NAMED ? [...path.slice(0, MOST_NAMED - 1), "…", path.at(-1)] : path;
  return cut.join(" → ");
}
