import { isSame } from "../merge-values.ts";

type Named = { readonly name: string };

export interface MergedScenarios<Scenario> {
  readonly scenarios: readonly Scenario[];
  /** Names under which both sides have another scenario: what was here stands beside what came, with a number. */
  readonly doubled: readonly string[];
}

/**
 * The scenarios of two sides by their names: what one side alone changed, added or removed is taken from it. Where both changed the same, or
 * nothing is known of what they began with, both stay. Pure.
 */
export function mergeScenarios<Scenario extends Named>(
  base: readonly Scenario[] | null,
  mine: readonly Scenario[],
  theirs: readonly Scenario[],
): MergedScenarios<Scenario> {
  const byName = (list: readonly Scenario[]) => new Map(list.map((one) => [one.name, one]));
  const [was, left, right] = [byName(base ?? []), byName(mine), byName(theirs)];
  const names = new Set([...left.keys(), ...right.keys()]);
  const doubled: string[] = [];
  const scenarios = [...names].flatMap((name): Scenario[] => {
    const [before, own, other] = [was.get(name), left.get(name), right.get(name)];
    if (isSame(own, other)) return own ? [own] : [];
    if (before && isSame(own, before)) return other ? [other] : [];
    if (before && isSame(other, before)) return own ? [own] : [];
    if (!own || !other) return [own ?? other].flatMap((one) => one ?? []);
    doubled.push(name);
    let free = 2;
    while (names.has(numbered(name, free))) free++;
    return [other, { ...own, name: numbered(name, free) }];
  });
  return { scenarios, doubled };
}

const numbered = (name: string, number: number) => `${name.slice(0, 290)} (${number})`;
