import type { Finding } from "../finding.ts";
import { pathFixes } from "./fixes.ts";
import type { Outcome } from "./found-path.ts";
import type { RuleWorld } from "./rule-world.ts";

/** Nobody follows a longer way to a place that they can jump to. */
const MOST_STEPS = 300;

/** Adds to findings what their own rules do not know: how a call comes to the node, and what would mend them. */
export function withPaths(findings: readonly Finding[], world: RuleWorld): readonly Finding[] {
  const fixes = pathFixes(world);
  return findings.map((found) => {
    const path = found.path ?? pathTo(found, world);
    const mends = found.fixes ?? fixes(found);
    return {
      ...found,
      ...(path === undefined ? {} : { path }),
      ...(mends.length === 0 ? {} : { fixes: mends }),
    };
  });
}

function pathTo({ nodeId, code, about }: Finding, { graph, firstPaths, paths }: RuleWorld): Finding["path"] {
  const place = nodeId === undefined ? undefined : graph.placeOf(nodeId);
  const before = place === undefined ? undefined : firstPaths.get(place);
  if (place === undefined || before === undefined || (before?.length ?? 0) > MOST_STEPS) return undefined;
  const node = graph.nodes[place];
  if (code === "outputUnconnected") {
    const lost = node?.exits.find(({ output, to }) => to === "lost" && output === about?.output);
    if (lost) {
      const { output, way } = lost;
      const last = { place, output, phases: way?.phases ?? [], ...(way?.needs && { needs: way.needs }) };
      return paths.make(before, last, { word: "nowhere", details: { output } });
    }
  }
  const outcome: Outcome = { word: code === "loopWithoutInput" ? "round" : "here" };
  return paths.make(before, { place, phases: [] }, outcome);
}
