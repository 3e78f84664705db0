import type { Finding, Fix } from "../finding.ts";
import type { FlowVariable } from "../flow-document.ts";
import { findingAt } from "./flow-graph.ts";
import { type Step, stepOn } from "./found-path.ts";
import type { RuleWorld } from "./rule-world.ts";

/** Nodes looked at in all. A flow has few variables without a first value; one of thousands is not worth a longer wait. */
const MOST_LOOKED_AT = 1_000_000;

const emptyOf = { string: "", number: 0, boolean: false } as const;
const emptyWords = {
  string: { fr: "un texte vide", en: "an empty text" },
  number: { fr: "zéro", en: "zero" },
  boolean: { fr: "non", en: "no" },
} as const;

/**
 * Variables without a first value that a node reads, and that nothing has set on some way there. Whether a way is ever gone is not asked:
 * each output is possible. One finding a node and variable.
 */
export function* readBeforeSet(world: RuleWorld): Iterable<Finding> {
  const { graph, paths } = world;
  const { document, nodes, entry } = graph;
  if (entry === null) return;
  const inputs = new Set(document.inputs);
  const unset = Object.entries(document.variables).filter(
    ([name, { initial }]) => initial === undefined && !inputs.has(name),
  );
  if (unset.length === 0) return;
  const readers = readersOf(world, new Set(unset.map(([name]) => name)));
  let lookedAt = 0;
  for (const [variable, declared] of unset) {
    const reading = readers.get(variable);
    if (!reading) continue;
    const found = new Map<number, Step | null>([[entry, null]]);
    for (const [place, before] of found) {
      if (++lookedAt > MOST_LOOKED_AT) return;
      const node = nodes[place];
      if (!node) continue;
      if (reading.has(place)) {
        const path = paths.make(before, { place, phases: [] }, { word: "reads", details: { variable } });
        yield findingAt(node, "readBeforeSet", { variable }, { path, fixes: [firstValue(variable, declared)] });
      }
      const writes = (node.facts.writes?.(node.node.config) ?? []).filter((one) => one.variable === variable);
      const sets = (output: string) => writes.some(({ outputs }) => outputs === null || outputs.includes(output));
      for (const exit of node.exits) {
        if (typeof exit.to === "number" && !found.has(exit.to) && !sets(exit.output)) {
          found.set(exit.to, stepOn(before, place, exit));
        }
      }
    }
  }
}

/** By variable, the places of the nodes that read it: in their settings, or in a prompt that they say. */
function readersOf(
  { graph, registry }: RuleWorld,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<number>> {
  const { document, nodes } = graph;
  const readers = new Map<string, Set<number>>();
  const inPrompts = new Map<string, readonly string[]>();
  const promptReads = (id: string): readonly string[] => {
    const known = inPrompts.get(id);
    if (known) return known;
    const texts = Object.hasOwn(document.prompts, id) ? Object.values(document.prompts[id]?.texts ?? {}) : [];
    const names = texts.flatMap((text) => (text.includes("{{") ? (registry.textVariables?.(text) ?? []) : []));
    inPrompts.set(id, names);
    return names;
  };
  for (const [place, { node, facts }] of nodes.entries()) {
    const prompts = facts.references(node.config).flatMap(({ kind, id }) => (kind === "prompt" ? promptReads(id) : []));
    for (const name of [...(facts.reads?.(node.config) ?? []), ...prompts]) {
      if (!wanted.has(name)) continue;
      const known = readers.get(name);
      if (known) known.add(place);
      else readers.set(name, new Set([place]));
    }
  }
  return readers;
}

function firstValue(name: string, variable: FlowVariable): Fix {
  const { fr, en } = emptyWords[variable.type];
  return {
    label: { fr: `Donner à « ${name} » comme première valeur ${fr}`, en: `Give “${name}” ${en} as its first value` },
    commands: [{ type: "setVariable", name, variable: { ...variable, initial: emptyOf[variable.type] } }],
  };
}
