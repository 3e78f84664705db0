import type { EverydayFlow, LibraryPrompt } from "@cordboard/api";
import {
  type CompanyFacts,
  EverydayValue,
  type EverydayValues,
  everydaySettings,
  type Finding,
  type FlowDocument,
  type FlowPrompt,
  type NodeTypeRegistry,
  readFlow,
  whyNot,
  withEveryday,
} from "@cordboard/flow-schema";
import type { Connection } from "mongoose";
import Value from "typebox/value";
import { demand, isDuplicate, type Scope, systemScope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import type { Flows } from "../flows/index.ts";
import { pinPrompt } from "../flows/pin-prompts.ts";
import { promptsNamedIn } from "../flows/prompts-in-flows.ts";
import {
  type Bus,
  type Clock,
  type EverydayUse,
  type MakeId,
  type SettingsMessage,
  settingsChannel,
} from "../ports/index.ts";
import { everydayFindings, newErrors } from "./everyday-findings.ts";
import { type EverydayEntries, type EverydayRecord, entriesOf, everydayCollection, valuesOf } from "./model.ts";
import { said, toFlow } from "./wire.ts";

export interface EverydayGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly registry: NodeTypeRegistry;
  readonly flows: Pick<Flows, "list" | "published" | "version">;
  readonly factsOf: (companyId: string) => Promise<CompanyFacts>;
  readonly libraryOf: (companyId: string) => Promise<ReadonlyMap<string, LibraryPrompt>>;
  readonly authorOf: (scope: Scope) => Promise<{ readonly userId: string; readonly name: string } | null>;
}

interface Wanted {
  readonly number: number | null;
  readonly nodeId: string;
  readonly setting: string;
  readonly value: { readonly kind: string; readonly value: unknown } | null;
}

interface Published {
  readonly flowId: string;
  readonly name: string;
  readonly document: FlowDocument;
  readonly inside: ReadonlyMap<string, FlowDocument>;
}

const iso = (at: number) => new Date(at).toISOString();
/** How many earlier values are shown. */
const MOST_VALUES = 50;

/**
 * The values of everyday settings, apart from what is drawn: each change is a version of its own, with its author and time, and is never
 * changed again. A call names the versions that it began with (decision record 75).
 */
export function createEveryday(given: EverydayGiven) {
  const { connection, registry, clock } = given;
  const versions = everydayCollection(connection);

  const latest = async (companyId: string, flowId: string): Promise<EverydayRecord | null> =>
    (await versions.find({ companyId, flowId }).sort({ number: -1 }).limit(1).toArray())[0] ?? null;

  async function published(companyId: string, flowId: string, name: string): Promise<Published | null> {
    const scope = systemScope(companyId);
    const version = await given.flows.published(scope, flowId);
    const read = version && readFlow(version.document);
    if (!read?.ok) return null;
    const inside = new Map<string, FlowDocument>();
    for (const [inner, versionId] of Object.entries(version?.subflows ?? {})) {
      const innerRead = readFlow((await given.flows.version(scope, inner, versionId)).document);
      if (innerRead.ok) inside.set(inner, innerRead.document);
    }
    return { flowId, name, document: read.document, inside };
  }

  async function needFlow(companyId: string, flowId: string): Promise<Published> {
    const known = (await given.flows.list(systemScope(companyId))).find((flow) => flow.flowId === flowId);
    const found = known && (await published(companyId, flowId, known.name));
    if (!found) throw new UserError("notFound", { what: "flow" });
    return found;
  }

  const shown = ({ flowId, name, document, inside }: Published, record: EverydayRecord | null): EverydayFlow =>
    toFlow({ flowId, name, document, inside, registry, record });

  async function add(
    scope: Scope,
    flowId: string,
    was: EverydayRecord | null,
    changed: string,
    entries: EverydayEntries,
  ) {
    const { companyId } = scope;
    const record: EverydayRecord = {
      ...{ _id: given.makeId("everyday"), companyId, flowId, number: (was?.number ?? 0) + 1 },
      ...{ at: clock.now(), by: await given.authorOf(scope), changed, text: JSON.stringify(entries) },
    };
    try {
      await versions.insertOne(record);
    } catch (cause) {
      throw isDuplicate(cause) ? new UserError("changedMeanwhile") : cause;
    }
    const message: SettingsMessage = { resource: "everyday", id: flowId };
    given.bus.publish(settingsChannel(companyId), message);
    return record;
  }

  /** What the setting is to be, with what the library says and plays today; throws `everydayInvalid` when it cannot be that. */
  async function accepted(
    { companyId }: Scope,
    { document, inside }: Published,
    { nodeId, setting, value }: Wanted,
    values: EverydayValues,
  ): Promise<EverydayValue> {
    const known = everydaySettings(document, registry).find((one) => one.nodeId === nodeId && one.setting === setting);
    if (!known) throw new UserError("notFound", { what: "everyday setting" });
    const { label } = known;
    if (!Value.Check(EverydayValue, value)) throw refused(label, "otherKind");
    const reason = whyNot(known, value);
    if (reason !== null) throw refused(label, reason);
    const library = await given.libraryOf(companyId);
    const pinned = pinnedValue(value, (prompt) => pinPrompt(prompt, library));
    const others = { ...values[nodeId], [setting]: pinned };
    const after = withEveryday(document, registry, { ...values, [nodeId]: others }).document;
    const facts = { ...(await given.factsOf(companyId)), subflow: (flowId: string) => inside.get(flowId) };
    const [error] = newErrors(document, after, registry, facts);
    if (error) throw new UserError("everydayInvalid", { label, problem: error.message });
    return pinned;
  }

  return {
    async list(scope: Scope): Promise<EverydayFlow[]> {
      demand(scope, "read", "everyday");
      const { companyId } = scope;
      const items: EverydayFlow[] = [];
      for (const flow of await given.flows.list(systemScope(companyId))) {
        const found = flow.published && (await published(companyId, flow.flowId, flow.name));
        if (!found) continue;
        const item = shown(found, await latest(companyId, flow.flowId));
        if (item.settings.length > 0 || item.unused.length > 0) items.push(item);
      }
      return items;
    },
    async change(scope: Scope, flowId: string, wanted: Wanted): Promise<EverydayFlow> {
      demand(scope, "write", "everyday");
      const { companyId } = scope;
      const { nodeId, setting } = wanted;
      const flow = await needFlow(companyId, flowId);
      const was = await latest(companyId, flowId);
      if ((was?.number ?? null) !== wanted.number) throw new UserError("changedMeanwhile");
      const entries = was ? entriesOf(was) : {};
      const before = Object.hasOwn(entries, nodeId) ? entries[nodeId]?.[setting] : undefined;
      const settings = everydaySettings(flow.document, registry);
      const known = settings.find((one) => one.nodeId === nodeId && one.setting === setting);
      if (!known && !before) throw new UserError("notFound", { what: "everyday setting" });
      const value = wanted.value === null ? null : await accepted(scope, flow, wanted, valuesOf(entries));
      const label = known?.label ?? before?.label ?? setting;
      const entry = { value, label, at: clock.now(), by: await given.authorOf(scope) };
      const next = { ...entries, [nodeId]: { ...entries[nodeId], [setting]: entry } };
      const record = await add(scope, flowId, was, `${nodeId} ${setting}`, next);
      scope.changed?.({
        ...{ resource: "everyday", targetId: flowId, targetName: flow.name },
        before: { [label]: said(before?.value ?? known?.drawn ?? null), version: was?.number ?? null },
        after: { [label]: said(value ?? known?.drawn ?? null), version: record.number },
      });
      return shown(flow, record);
    },
    async history(scope: Scope, { flowId, nodeId, setting }: { flowId: string; nodeId: string; setting: string }) {
      demand(scope, "read", "everyday");
      const { companyId } = scope;
      const changed = `${nodeId} ${setting}`;
      const found = await versions
        .find({ companyId, flowId, changed })
        .sort({ number: -1 })
        .limit(MOST_VALUES)
        .toArray();
      if (found.length === 0) await needSetting(companyId, flowId, nodeId, setting);
      return found.map((record) => ({
        ...{ everydayId: record._id, number: record.number, changedAt: iso(record.at), changedBy: record.by },
        value: entriesOf(record)[nodeId]?.[setting]?.value ?? null,
      }));
    },
    /** A published version with the values of a version of everyday settings put in: what calls ran. */
    async asRun(scope: Scope, asked: { flowId: string; everydayId: string; versionId: string }) {
      demand(scope, "read", "flowVersions");
      const { flowId, everydayId, versionId } = asked;
      const { document } = await given.flows.version(scope, flowId, versionId);
      const read = readFlow(document);
      const found = await versions.findOne({ _id: everydayId, companyId: scope.companyId, flowId });
      if (!found || !read.ok) throw new UserError("notFound", { what: "version of everyday settings" });
      return { document: { ...withEveryday(read.document, registry, valuesOf(entriesOf(found))).document } };
    },
    /** The versions that a call which begins now in one of these flows runs with; those that change nothing are not among them. */
    async current(companyId: string, flowIds: readonly string[]): Promise<readonly EverydayUse[]> {
      const found = await Promise.all(flowIds.map((flowId) => latest(companyId, flowId)));
      return found.flatMap((record) =>
        record && Object.keys(valuesOf(entriesOf(record))).length > 0
          ? { flowId: record.flowId, everydayId: record._id, number: record.number }
          : [],
      );
    },
    /** The values of a version, which never change; none where there is no such version. */
    async values(companyId: string, everydayId: string): Promise<EverydayValues> {
      const found = await versions.findOne({ _id: everydayId, companyId });
      return found ? valuesOf(entriesOf(found)) : {};
    },
    /** What is to be said, where a flow is published, of the values that its settings have. */
    async findings(companyId: string, document: FlowDocument, company: CompanyFacts): Promise<readonly Finding[]> {
      const record = await latest(companyId, document.id);
      return record ? everydayFindings(document, record, registry, company) : [];
    },
    /** The flows whose everyday settings name a thing of the company now. */
    async using(companyId: string, id: string): Promise<ReadonlySet<string>> {
      const flowIds: readonly unknown[] = await versions.distinct("flowId", { companyId });
      const found = await Promise.all(flowIds.map((flowId) => latest(companyId, String(flowId))));
      return new Set(found.flatMap((record) => (record?.text.includes(JSON.stringify(id)) ? record.flowId : [])));
    },
    /** The prompts of the library that values name, by flow. */
    async prompts(companyId: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
      const flowIds: readonly unknown[] = await versions.distinct("flowId", { companyId });
      const found = await Promise.all(flowIds.map((flowId) => latest(companyId, String(flowId))));
      const named = found.flatMap((record) =>
        record ? [[record.flowId, promptsNamedIn([record.text])] as const] : [],
      );
      return new Map(named.filter(([, ids]) => ids.size > 0));
    },
    /** The flow is gone: one that is drawn later under its id begins without its values. What calls name stays readable. */
    async forget(scope: Scope, flowId: string): Promise<void> {
      const was = await latest(scope.companyId, flowId);
      if (was && Object.keys(entriesOf(was)).length > 0) await add(scope, flowId, was, "", {});
    },
  };

  async function needSetting(companyId: string, flowId: string, nodeId: string, setting: string): Promise<void> {
    const { document } = await needFlow(companyId, flowId);
    const known = everydaySettings(document, registry);
    if (!known.some((one) => one.nodeId === nodeId && one.setting === setting))
      throw new UserError("notFound", { what: "everyday setting" });
  }
}

export type Everyday = ReturnType<typeof createEveryday>;

function pinnedValue(value: EverydayValue, pin: (prompt: FlowPrompt) => FlowPrompt): EverydayValue {
  if (value.kind === "prompts") return { ...value, value: value.value.map(pin) };
  return value.kind === "prompt" && value.value !== null ? { ...value, value: pin(value.value) } : value;
}

const reasons = {
  otherKind: { fr: "la valeur est d’une autre sorte.", en: "the value is of another kind." },
  outOfLimits: { fr: "la valeur dépasse ses limites.", en: "the value is beyond its limits." },
} as const;

function refused(label: string, reason: keyof typeof reasons): UserError {
  return new UserError("everydayInvalid", { label, problem: reasons[reason] });
}
