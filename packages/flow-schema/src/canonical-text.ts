import type { FlowDocument } from "./flow-document.ts";

/**
 * The one text of a document: members in the order of the reference, everything else sorted, nodes by id, edges and positions one a
 * line. Two documents that mean the same have the same bytes, so a diff shows what changed and a hash names a version.
 */
export function canonicalText(document: FlowDocument): string {
  const { notes, groups, layout } = document;
  return print({
    $schema: "./flow.schema.json",
    ...ordered(document),
    // What most flows do not have is not printed.
    ...(Object.keys(notes).length === 0 ? {} : { notes: sorted(notes) }),
    ...(Object.keys(groups).length === 0 ? {} : { groups: sorted(withSortedNodes(groups)) }),
    layout: sorted(layout),
  });
}

/** As canonicalText without positions, comments and groups: what a call depends on. Moving a box does not change it; the hash of a version is of this. */
export function behaviourText(document: FlowDocument): string {
  return print(ordered(document));
}

function ordered(document: FlowDocument): Readonly<Record<string, unknown>> {
  const { formatVersion, id, name, languages, inputs, results, keys, entry, onError } = document;
  return {
    formatVersion,
    id,
    name,
    languages,
    // Its order is the order in which the questions are asked.
    parameters: document.parameters,
    // What most flows do not have is not printed: their bytes, and the hashes of their versions, stay what they were.
    ...(inputs.length === 0 ? {} : { inputs: [...inputs].sort(byCodeUnit) }),
    ...(results.length === 0 ? {} : { results: [...results].sort(byCodeUnit) }),
    variables: sorted(document.variables),
    prompts: sorted(document.prompts),
    entry,
    ...(Object.keys(keys).length === 0 ? {} : { keys: sorted(keys) }),
    onError,
    nodes: [...document.nodes]
      .sort((a, b) => byCodeUnit(a.id, b.id))
      .map((node) => ({
        id: node.id,
        name: node.name,
        type: node.type,
        typeVersion: node.typeVersion,
        config: sorted(node.config),
        ...(Object.keys(node.everyday ?? {}).length === 0 ? {} : { everyday: sorted(node.everyday) }),
      })),
    edges: [...document.edges]
      .sort((a, b) => byCodeUnit(a.from, b.from) || byCodeUnit(a.output, b.output) || byCodeUnit(a.to, b.to))
      .map(({ from, output, to }) => ({ from, output, to })),
  };
}

/** The nodes of a group are a set. */
function withSortedNodes(groups: FlowDocument["groups"]): FlowDocument["groups"] {
  return Object.fromEntries(
    Object.entries(groups).map(([id, group]) => [id, { ...group, nodes: [...group.nodes].sort(byCodeUnit) }]),
  );
}

/** Deep copy with the members of every object sorted. Lists keep their order: it means something. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  // fromEntries defines members, so that one called "__proto__" stays a member.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([name, member]) => [name, sorted(member)]),
  );
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const INLINE: ReadonlySet<string> = new Set(["edges", "layout"]);

function print(members: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(members).map(([name, value]) => {
    const text = INLINE.has(name) ? oneALine(value) : JSON.stringify(value, undefined, 2).replaceAll("\n", "\n  ");
    return `  ${JSON.stringify(name)}: ${text}`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}

function oneALine(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? "[]" : `[\n${value.map((item) => `    ${spaced(item)}`).join(",\n")}\n  ]`;
  }
  const entries = Object.entries(value ?? {});
  if (entries.length === 0) return "{}";
  return `{\n${entries.map(([name, item]) => `    ${JSON.stringify(name)}: ${spaced(item)}`).join(",\n")}\n  }`;
}

function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, item]) => `${JSON.stringify(name)}: ${spaced(item)}`)
    .join(", ")} }`;
}
