import type { Finding } from "../finding.ts";
import { findingAt } from "./flow-graph.ts";
import { type Step, stepOn, timeText } from "./found-path.ts";
import { PERSON_MS, type RuleWorld } from "./rule-world.ts";
import { totalMs } from "./spoken-length.ts";

/**
 * Nodes at which somebody is to answer, and that a caller may come to only after very long: with each question asked to its last time and
 * each wait waited to its end, but without going round a circle (how often they do is the callers' own affair). Of a flow without its circles
 * the longest ways are found in one walk.
 */
export function* farFromPerson({ graph, paths }: RuleWorld): Iterable<Finding> {
  const { nodes, document } = graph;
  const longest = new Map<number, { readonly ms: number; readonly before: Step | null }>();
  for (const { place, forward } of inOrder(graph)) {
    const { ms, before } = longest.get(place) ?? { ms: 0, before: null };
    const node = nodes[place];
    if (!node) continue;
    const answered = node.exits.find(({ way }) => way?.reaches === "person");
    if (answered && ms > PERSON_MS) {
      const time = timeText(ms);
      const path = paths.make(before, { place, phases: [] }, { word: "person", details: { time } }, { slow: true });
      yield findingAt(node, "farFromPerson", { time }, { path });
    }
    for (const exit of forward) {
      // Who has talked to somebody has got there.
      if (exit.way === null || exit.way.reaches === "person" || typeof exit.to !== "number") continue;
      const arrives = ms + totalMs(document, exit.way.slowest ?? exit.way.phases);
      if (arrives >= (longest.get(exit.to)?.ms ?? 0)) {
        longest.set(exit.to, { ms: arrives, before: stepOn(before, place, exit) });
      }
    }
  }
}

type Graph = RuleWorld["graph"];
type Exits = Graph["nodes"][number]["exits"];

/** The nodes that calls come to, each after all that lead to it, without the ways that close a circle. Iterative: a flow may be long. */
function inOrder({ nodes, entry }: Graph): readonly { readonly place: number; readonly forward: Exits }[] {
  if (entry === null) return [];
  const order: { place: number; forward: Exits }[] = [];
  const state = new Map<number, "open" | "done">([[entry, "open"]]);
  const path = [{ place: entry, at: 0, forward: [] as Exits[number][] }];
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const exit = nodes[top.place]?.exits[top.at++];
    if (exit === undefined) {
      state.set(top.place, "done");
      order.push({ place: top.place, forward: top.forward });
      path.pop();
    } else if (typeof exit.to === "number") {
      const known = state.get(exit.to);
      if (known !== "open") top.forward.push(exit);
      if (known === undefined) {
        state.set(exit.to, "open");
        path.push({ place: exit.to, at: 0, forward: [] });
      }
    }
  }
  return order.reverse();
}
