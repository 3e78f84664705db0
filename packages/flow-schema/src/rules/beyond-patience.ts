import type { Finding } from "../finding.ts";
import { findingAt } from "./flow-graph.ts";
import { timeText } from "./found-path.ts";
import { waitFor } from "./long-silence.ts";
import { PATIENCE_MS, type RuleWorld } from "./rule-world.ts";

const word = {
  ring: { fr: "la sonnerie", en: "the ringing" },
  queue: { fr: "l’attente", en: "the wait" },
  system: { fr: "la réponse d’un autre système", en: "the answer of another system" },
} as const;
const forEver = { fr: "sans fin", en: "without end" };

/** Times in settings that are longer than callers bear. Silence is another rule's. */
export function* beyondPatience({ graph, firstPaths, paths }: RuleWorld): Iterable<Finding> {
  for (const [place, before] of firstPaths) {
    const node = graph.nodes[place];
    for (const { kind, ms, pointer } of node?.facts.patience?.(node.node.config) ?? []) {
      if (!node || kind === "question") continue;
      const most = PATIENCE_MS[kind];
      if (ms !== null && ms <= most) continue;
      const last = { place, phases: [{ musicMs: ms ?? most }] };
      const path = paths.make(before, last, { word: "here" });
      const details = { what: word[kind], time: ms === null ? forEver : timeText(ms), most: timeText(most) };
      const fixes = pointer === "" ? [] : [waitFor(node.node, pointer, kind === "queue" ? most / 3 : most / 2)];
      yield findingAt(node, "beyondPatience", details, { path, fixes, pointer: `/config${pointer}` });
    }
  }
}
