import { diffFlows, isSameBehaviour } from "../flow-diff.ts";
import type { FlowDocument } from "../flow-document.ts";
import { mergeFlows } from "../merge-flows.ts";
import { isSame, type MergeConflict, type Side } from "../merge-values.ts";
import type { NodeTypeRegistry } from "../node-type-registry.ts";
import { createSubflowUses } from "../subflow-uses.ts";
import { type CompanyKind, companyKinds, type Mapped, scenarioMapped, withMapped } from "./company-names.ts";
import type { BundledFlow, BundledPrompt, BundledScenario, FlowBundle } from "./flow-bundle.ts";
import { mergeScenarios } from "./merge-scenarios.ts";

export interface NamedHere {
  readonly id: string;
  readonly name: string;
}

type Scenario = BundledScenario;

/** A flow as the installation has it. */
export interface FlowHere {
  /** The draft, else what is in service; null: it is no readable flow. */
  readonly document: FlowDocument | null;
  /** The same as it is stored. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly draftRev: number | null;
  /** The draft holds work that is in no version. */
  readonly ahead: boolean;
  readonly scenarios: readonly Scenario[];
  readonly scenariosRev: number | null;
  readonly originRev: number | null;
  /** What was taken over last. */
  readonly origin: {
    readonly document: FlowDocument;
    readonly scenarios: readonly Scenario[];
    readonly mapped: Mapped;
  } | null;
}

/** What an installation has of what a bundle brings or names. Kinds that could not be read are not there. */
export interface InstallationHere {
  readonly things: Partial<Readonly<Record<CompanyKind, readonly NamedHere[]>>>;
  readonly library: readonly (NamedHere & Pick<BundledPrompt, "texts">)[];
  readonly flows: ReadonlyMap<string, FlowHere>;
}

export interface ImportChoices {
  /** By kind, which thing here takes the place of which of there. */
  readonly names: Mapped;
  /** By flow, which side stands at each conflict. */
  readonly sides: ReadonlyMap<string, ReadonlyMap<string, Side>>;
}

export const noChoices: ImportChoices = { names: {}, sides: new Map() };

/** Something that flows of the bundle name. */
export interface PlannedName {
  readonly kind: CompanyKind;
  readonly id: string;
  readonly name: string;
  /** What it is here; null: it is missing, and whoever publishes will be told. */
  readonly here: string | null;
}

export interface PlannedPrompt {
  readonly id: string;
  readonly name: string;
  /** Null: it is made. */
  readonly here: string | null;
  /** It is here and says something else: what is here stays. */
  readonly differs: boolean;
}

export interface PlannedFlow {
  readonly flowId: string;
  /** Somebody asked for it; otherwise it runs inside one. */
  readonly wanted: boolean;
  /** `merged`: both sides changed since it was moved last. `same`: nothing of it changes. */
  readonly state: "new" | "same" | "changed" | "merged";
  /** What is here; null: nothing that can be read. */
  readonly mine: FlowDocument | null;
  /** As it comes, in the words of this installation. */
  readonly theirs: FlowDocument;
  /** What becomes the draft. */
  readonly document: FlowDocument;
  readonly conflicts: readonly MergeConflict[];
  readonly scenarios: readonly Scenario[];
  /** The scenarios as they come, in the words of this installation. */
  readonly came: readonly Scenario[];
  readonly scenariosChanged: boolean;
  /** Scenarios of one name that differ: both stay. */
  readonly doubled: readonly string[];
  /** Work that is in no version would be written over: it becomes a flow of its own first. */
  readonly copies: boolean;
  /** The choices, complete, to be remembered. */
  readonly mapped: Mapped;
}

export interface ImportPlan {
  /** What runs inside others comes before them. */
  readonly flows: readonly PlannedFlow[];
  readonly names: readonly PlannedName[];
  readonly prompts: readonly PlannedPrompt[];
}

/** What importing a bundle would do here. Changes nothing; pure, so that it can be shown, and asked again with other choices. */
export function planImport(
  bundle: FlowBundle,
  here: InstallationHere,
  registry: NodeTypeRegistry,
  choices: ImportChoices = noChoices,
): ImportPlan {
  const remembered = [...here.flows.values()].flatMap(({ origin }) => (origin ? [origin.mapped] : []));
  const names = companyKinds.flatMap((kind) =>
    Object.entries(bundle.names[kind] ?? {}).map(([id, name]): PlannedName => {
      const things = here.things[kind];
      const isHere = (wanted: string | undefined) => things?.some((thing) => thing.id === wanted) ?? false;
      const before = remembered.map((mapped) => mapped[kind]?.[id]).find(isHere);
      const found =
        choices.names[kind]?.[id] ?? before ?? (things === undefined || isHere(id) ? id : named(things, name));
      return { kind, id, name, here: found };
    }),
  );
  const prompts = Object.entries(bundle.prompts).map(([id, prompt]): PlannedPrompt => {
    const before = remembered.map((mapped) => mapped.prompt?.[id]);
    const wanted = [choices.names.prompt?.[id], ...before, id];
    const found =
      here.library.find((one) => wanted.includes(one.id)) ??
      here.library.find(({ id: own }) => own === named(here.library, prompt.name));
    return {
      ...{ id, name: prompt.name, here: found?.id ?? choices.names.prompt?.[id] ?? null },
      differs: found !== undefined && !isSame(found.texts, prompt.texts),
    };
  });
  const mapped: Mapped = {
    ...Object.fromEntries(companyKinds.map((kind) => [kind, idsOf(names.filter((one) => one.kind === kind))])),
    prompt: idsOf(prompts),
    audio: choices.names.audio ?? {},
  };
  const flows = innerFirst(bundle, registry).map((flow) =>
    planFlow(flow, here.flows.get(flow.document.id) ?? null, registry, {
      mapped,
      wanted: bundle.wanted.includes(flow.document.id),
      chosen: choices.sides.get(flow.document.id) ?? new Map(),
    }),
  );
  return { flows, names, prompts };
}

function planFlow(
  { document, scenarios: incoming }: BundledFlow,
  here: FlowHere | null,
  registry: NodeTypeRegistry,
  given: { readonly mapped: Mapped; readonly wanted: boolean; readonly chosen: ReadonlyMap<string, Side> },
): PlannedFlow {
  const { mapped, wanted, chosen } = given;
  const theirs = withMapped(document, registry, mapped);
  const mine = here?.document ?? null;
  const base = here?.origin?.document ?? null;
  const isMerged = mine !== null && base !== null && !alike(mine, base);
  const merge = isMerged ? mergeFlows(base, mine, theirs, chosen) : { document: theirs, conflicts: [] };
  const came = incoming.map((scenario) => scenarioMapped(scenario, mapped));
  const tried = mergeScenarios(here?.origin?.scenarios ?? null, here?.scenarios ?? [], came);
  const isSameAsHere = mine !== null && alike(mine, merge.document);
  // Of what was decided for the other side something of this one is gone.
  const givesUp = merge.conflicts.some(({ pointer }) => chosen.get(pointer) === "theirs");
  return {
    flowId: document.id,
    wanted,
    state: here === null ? "new" : isSameAsHere ? "same" : isMerged ? "merged" : "changed",
    ...{ mine, theirs, document: isSameAsHere && mine ? mine : merge.document, conflicts: merge.conflicts },
    ...{ scenarios: tried.scenarios, scenariosChanged: !isSame(tried.scenarios, here?.scenarios ?? []) },
    ...{ came, doubled: tried.doubled },
    copies: here?.ahead === true && !isSameAsHere && (base === null || givesUp || mine === null),
    mapped,
  };
}

/** The one thing that is called so; null: none, or several. */
function named(things: readonly NamedHere[], name: string): string | null {
  const word = (text: string) => text.trim().toLowerCase();
  const [only, another] = things.filter((thing) => word(thing.name) === word(name));
  return only && !another ? only.id : null;
}

const idsOf = (list: readonly { readonly id: string; readonly here: string | null }[]) =>
  Object.fromEntries(list.flatMap(({ id, here }) => (here === null ? [] : [[id, here] as const])));

/** But for where boxes stand. */
function alike(left: FlowDocument, right: FlowDocument): boolean {
  const diff = diffFlows(left, right);
  return isSameBehaviour(diff) && diff.notes.length + diff.groups.length === 0;
}

function innerFirst({ flows }: FlowBundle, registry: NodeTypeRegistry): readonly BundledFlow[] {
  const uses = createSubflowUses(registry);
  const byId = new Map(flows.map((flow) => [flow.document.id, flow]));
  const sorted = new Set<BundledFlow>();
  const visiting = new Set<BundledFlow>();
  const visit = (flow: BundledFlow | undefined) => {
    if (!flow || visiting.has(flow)) return;
    visiting.add(flow);
    for (const inner of uses.named(flow.document)) visit(byId.get(inner));
    sorted.add(flow);
  };
  flows.forEach(visit);
  return [...sorted];
}
