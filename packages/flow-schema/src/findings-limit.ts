import { type Finding, finding, type Severity } from "./finding.ts";

/** Of a kind. Nobody reads more, and a document of five megabytes can be wrong in every line. */
export const MOST_OF_A_KIND = 100;

/** The findings in their order; where there are very many of a kind its first ones, and that there are more. */
export function mostFindings(all: Iterable<Finding>): readonly Finding[] {
  const kept: Finding[] = [];
  const counts = new Map<string, number>();
  const left = new Set<Severity>();
  for (const one of all) {
    const count = (counts.get(one.code) ?? 0) + 1;
    counts.set(one.code, count);
    if (count <= MOST_OF_A_KIND) kept.push(one);
    else left.add(one.severity);
  }
  for (const severity of left)
    kept.push(finding("moreOfTheSame", { pointer: "", severity }, { count: MOST_OF_A_KIND }));
  return kept;
}
