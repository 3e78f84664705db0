import Value from "typebox/value";
import type { FlowDocument, FlowNode } from "../flow-document.ts";
import type { NodeTypeRegistry, Reference } from "../node-type-registry.ts";
import { pointerParts, setAtPointer } from "../set-at-pointer.ts";

/** Kinds of things that a flow names and that belong to the company: each installation has its own. Flows keep their ids. */
export const companyKinds = [
  "queue",
  "schedule",
  "script",
  "telephone",
  "voicemailBox",
  "connector",
  "secret",
  "skill",
] as const satisfies readonly Reference["kind"][];
export type CompanyKind = (typeof companyKinds)[number];

/** By kind, what an id of there is called here. */
export type Mapped = Readonly<Record<string, Readonly<Record<string, string>>>>;

const isCompanyKind = (kind: string): kind is CompanyKind => companyKinds.some((one) => one === kind);

/** What a flow refers to outside itself, each once. */
export function companyReferences(
  document: FlowDocument,
  registry: NodeTypeRegistry,
): readonly { readonly kind: CompanyKind; readonly id: string }[] {
  const found = new Map<string, { kind: CompanyKind; id: string }>();
  for (const node of document.nodes)
    for (const { kind, id } of referencesOf(node, registry))
      if (isCompanyKind(kind)) found.set(`${kind} ${id}`, { kind, id });
  return [...found.values()];
}

/** A flow whose references name what the company here has, and whose prompts name its library and recordings. What is not in the map stays. Pure. */
export function withMapped(document: FlowDocument, registry: NodeTypeRegistry, mapped: Mapped): FlowDocument {
  const nodes = document.nodes.map((node) => {
    let config: unknown = node.config;
    for (const { kind, id, pointer } of referencesOf(node, registry)) {
      const here = mapped[kind]?.[id];
      if (!isCompanyKind(kind) || here === undefined || here === id) continue;
      const value = valueAt(config, pointer);
      if (value === id) config = setAtPointer(config, pointer, here);
      else if (kind === "secret" && typeof value === "string") {
        const place = new RegExp(`(\\{\\{\\s*secret\\.)${id}(\\s*\\}\\})`, "g");
        config = setAtPointer(config, pointer, value.replace(place, `$1${here}$2`));
      }
    }
    return config === node.config ? node : { ...node, config: config as FlowNode["config"] };
  });
  const prompts = Object.entries(document.prompts).map(([id, prompt]) => {
    const { library, audio } = prompt;
    const heard = Object.entries(audio ?? {}).map(([tag, sha]) => [tag, mapped.audio?.[sha] ?? sha]);
    return [
      id,
      {
        ...prompt,
        ...(library !== undefined && { library: mapped.prompt?.[library] ?? library }),
        ...(audio && { audio: Object.fromEntries(heard) }),
      },
    ];
  });
  return { ...document, nodes, prompts: Object.fromEntries(prompts) };
}

/** Kinds whose ids are long and made by chance: such a text anywhere in a scenario means the thing. */
const byChance = ["queue", "schedule", "script", "telephone", "voicemailBox", "connector"] as const;

/** A scenario whose steps name what the company here has. Pure. */
export function scenarioMapped<Scenario>(scenario: Scenario, mapped: Mapped): Scenario {
  const ids = new Map(byChance.flatMap((kind) => Object.entries(mapped[kind] ?? {})));
  const there = (value: unknown): unknown => {
    if (typeof value === "string") return ids.get(value) ?? value;
    if (Array.isArray(value)) return value.map(there);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, there(member)]));
  };
  return there(scenario) as Scenario;
}

function referencesOf(node: FlowNode, registry: NodeTypeRegistry): readonly Reference[] {
  const facts = registry.find(node.type, node.typeVersion);
  // Settings of another shape: validation says what is wrong with them.
  return facts && Value.Check(facts.config, node.config) ? facts.references(node.config) : [];
}

function valueAt(value: unknown, pointer: string): unknown {
  return pointerParts(pointer).reduce<unknown>(
    (at, part) => (typeof at === "object" && at !== null ? Reflect.get(at, part) : undefined),
    value,
  );
}
