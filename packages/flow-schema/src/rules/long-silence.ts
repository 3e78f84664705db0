import type { Finding, Fix } from "../finding.ts";
import type { Phase } from "../way-out.ts";
import { findingAt, type GraphNode } from "./flow-graph.ts";
import { type Step, stepOn, timeText } from "./found-path.ts";
import { QUESTION_MS, type RuleWorld, SILENCE_MS } from "./rule-world.ts";

interface Label {
  readonly place: number;
  readonly silentMs: number;
  readonly before: Step | null;
}

/**
 * Silences that callers would take for a fault, also those that begin in one node and go on in the next. One finding a node: where the
 * silence becomes too long. Each node is looked at again only when a call can come to it with a silence that is a second longer.
 */
export function* longSilence({ graph, paths }: RuleWorld): Iterable<Finding> {
  const { nodes, entry } = graph;
  if (entry === null) return;
  const longest = new Map<number, number>([[entry, 0]]);
  const told = new Set<number>();
  const due: Label[] = [{ place: entry, silentMs: 0, before: null }];
  for (let at = 0; at < due.length; at += 1) {
    const { place, silentMs, before } = due[at] as Label;
    const node = nodes[place];
    if (!node || (longest.get(place) ?? 0) > silentMs) continue;
    const ways = [...node.exits, ...(node.end === null ? [] : [{ output: null, to: "ends", way: node.end } as const])];
    for (const { output, to, way } of ways) {
      if (way === null) continue;
      const { worst, after, upTo } = silenceIn(way.phases, silentMs);
      if (worst > SILENCE_MS && !told.has(place)) {
        told.add(place);
        const last = { place, phases: way.phases.slice(0, upTo), ...(way.needs && { needs: way.needs }) };
        const silence = timeText(worst);
        const path = paths.make(before, last, { word: "silence", details: { silence } });
        yield findingAt(node, "longSilence", { silence }, { path, fixes: shorter(node) });
      }
      if (typeof to !== "number" || output === null) continue;
      const next = Math.min(SILENCE_MS, Math.floor(after / 1_000) * 1_000);
      const known = longest.get(to);
      if (known !== undefined && known >= next) continue;
      longest.set(to, next);
      due.push({ place: to, silentMs: next, before: stepOn(before, place, { output, to, way }) });
    }
  }
}

/** The longest silence of a way that begins with `before` of it, what is left of it at the end, and after how many phases it is too long. */
function silenceIn(phases: readonly Phase[], before: number): { worst: number; after: number; upTo: number } {
  let silent = before;
  let worst = 0;
  let upTo = phases.length;
  for (const [index, phase] of phases.entries()) {
    silent = "silentMs" in phase ? silent + phase.silentMs : 0;
    if (silent > worst) {
      worst = silent;
      upTo = index + 1;
    }
  }
  return { worst, after: silent, upTo };
}

function shorter({ node, facts }: GraphNode): readonly Fix[] {
  const question = facts
    .patience?.(node.config)
    .find(({ kind, ms }) => kind === "question" && ms !== null && ms > QUESTION_MS);
  if (!question) return [];
  return [waitFor(node, question.pointer, QUESTION_MS)];
}

/** Puts a time in a setting at the top of a node's. */
export function waitFor(node: GraphNode["node"], pointer: string, ms: number): Fix {
  const time = timeText(ms);
  return {
    label: { fr: `Attendre ${time}`, en: `Wait ${time}` },
    commands: [{ type: "setConfig", id: node.id, config: { ...node.config, [pointer.slice(1)]: ms } }],
  };
}
