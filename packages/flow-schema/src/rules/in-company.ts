import type { Finding } from "../finding.ts";
import { findingAt } from "./flow-graph.ts";
import type { RuleWorld } from "./rule-world.ts";

/** Queues that nobody may serve, and hours that never open, at nodes that calls come to: as far as the company's facts say so. */
export function* inCompany({ graph, firstPaths, paths, company }: RuleWorld): Iterable<Finding> {
  const { unserved, neverOpen } = company;
  if (!unserved && !neverOpen) return;
  for (const [place, before] of firstPaths) {
    const node = graph.nodes[place];
    for (const { kind, id, pointer } of node?.facts.references(node.node.config) ?? []) {
      if (!node) continue;
      const where = { pointer: `/config${pointer}` };
      if (kind === "queue" && unserved?.has(id)) {
        const needs = { queue: id, is: "unstaffed" } as const;
        const path = paths.make(before, { place, phases: [], needs }, { word: "unserved" });
        yield findingAt(node, "queueUnserved", { id }, { path, ...where });
      } else if (kind === "schedule" && neverOpen?.has(id)) {
        const needs = { schedule: id, is: "closed" } as const;
        const path = paths.make(before, { place, phases: [], needs }, { word: "neverOpen" });
        yield findingAt(node, "neverOpen", { id }, { path, ...where });
      }
    }
  }
}
