import type { FlowFinding, FlowSummary, FlowVersionSummary, LibraryPrompt, OutputOf, Routes } from "@cordboard/api";
import type { CompanyFacts, Finding, FlowDocument, NodeTypeRegistry } from "@cordboard/flow-schema";
import type { Connection } from "mongoose";
import {
  assertUnused,
  type Binned,
  type BinPort,
  demand,
  isDuplicate,
  type PlaceOfUse,
  type Scope,
  systemScope,
} from "../access/index.ts";
import type { Companies } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import { type Bus, type Clock, type MakeId, type SettingsMessage, settingsChannel } from "../ports/index.ts";
import { keepBuiltInVersion } from "./built-in-version.ts";
import { type CheckedFlow, checkFlow, readDocument, wireFinding } from "./check-flow.ts";
import { createDrafts } from "./drafts.ts";
import { assertNamed, behaviourHash, type FlowJson, parseDocument } from "./flow-text.ts";
import { liveCallsByVersion } from "./live-calls.ts";
import { type Author, type FlowRecord, type FlowVersionRecord, flowCollections, flowKey } from "./model.ts";
import { pinPrompts } from "./pin-prompts.ts";
import { pinSubflows } from "./pin-subflows.ts";
import { flowsUsing, type UsedKind } from "./places-of-use.ts";
import { assertPlannable, createPlanned, type Served } from "./planned.ts";
import { type FlowSaying, promptsInFlows } from "./prompts-in-flows.ts";

export interface FlowsGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly registry: NodeTypeRegistry;
  readonly companies: Companies;
  /** What a flow may refer to in the company. */
  readonly factsOf: (companyId: string) => Promise<CompanyFacts>;
  /** The company's library of prompts, by id. */
  readonly libraryOf: (companyId: string) => Promise<ReadonlyMap<string, LibraryPrompt>>;
  readonly authorOf: (scope: Scope) => Promise<Author | null>;
  /** Plays the flow's scenarios on what is to be published; throws `scenariosFailed` when one does not hold. */
  readonly demandScenarios: (
    scope: Scope,
    document: FlowDocument,
    subflows: ReadonlyMap<string, FlowDocument>,
  ) => Promise<void>;
  /** What is deleted lies there for a while. */
  readonly bin: BinPort;
  /** What goes with a flow that is deleted, and comes back with it. */
  readonly beside: (scope: Scope, flowId: string) => Promise<NonNullable<Binned["beside"]>>;
  /** The values of settings that are everyday, apart from what is drawn. */
  readonly everyday: () => {
    /** What is to be said of them where the flow is published. */
    findings(companyId: string, document: FlowDocument, company: CompanyFacts): Promise<readonly Finding[]>;
    /** The flows whose values name a thing of the company. */
    using(companyId: string, id: string): Promise<ReadonlySet<string>>;
    /** The prompts of the library that flows' values name, by flow. */
    prompts(companyId: string): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  };
  /** The flow is gone: so is what was kept beside it. */
  readonly forget: (scope: Scope, flowId: string) => Promise<void>;
  /** A planned version went into service: for the audit log. */
  readonly servedAsPlanned: (served: Served) => Promise<void>;
  /** What leads callers to a flow. */
  readonly placesOfUse: (scope: Scope, flowId: string) => Promise<readonly PlaceOfUse[]>;
}

/** A version with the document that calls run on. */
export interface FlowVersion extends FlowVersionSummary {
  readonly flowId: string;
  /** Flow id → the version of it that runs inside. */
  readonly subflows: Record<string, string>;
  readonly document: FlowJson;
}

/** A flow as JSON texts; null: there is none. */
export interface FlowTexts {
  readonly flowId: string;
  readonly name: string;
  readonly published: string | null;
  readonly draft: string | null;
}

const withoutText = { projection: { text: 0 } } as const;
const iso = (at: number) => new Date(at).toISOString();

/** Flows: a draft that people edit, and versions that never change. */
export function createFlows(given: FlowsGiven) {
  const { clock, makeId, companies } = given;
  const { flows, versions } = flowCollections(given.connection);
  const drafts = createDrafts(given);
  const planned = createPlanned({
    ...given,
    async onServed(served) {
      tell(served, served.flowId);
      await given.servedAsPlanned(served);
    },
  });

  async function needFlow({ companyId }: Scope, flowId: string): Promise<FlowRecord> {
    const found = await flows.findOne({ _id: flowKey(companyId, flowId), companyId });
    if (!found) throw new UserError("notFound", { what: "flow" });
    return found;
  }

  async function summaries({ companyId }: Scope, found: readonly FlowRecord[]): Promise<FlowSummary[]> {
    const [live, known] = await Promise.all([
      liveCallsByVersion(given.connection, companyId),
      versions.find({ companyId, flowId: { $in: found.map(({ flowId }) => flowId) } }, withoutText).toArray(),
    ]);
    const byId = new Map(known.map((version) => [version._id, version]));
    const liveCalls = new Map<string, number>();
    for (const { _id, flowId } of known) {
      liveCalls.set(flowId, (liveCalls.get(flowId) ?? 0) + (live.get(_id) ?? 0));
    }
    return found.map(({ flowId, name, publishedId, draft, planned }) => {
      const published = (publishedId && byId.get(publishedId)) || null;
      return {
        flowId,
        name,
        published: published && toVersion(published),
        planned: planned ? { ...planned, at: iso(planned.at) } : null,
        draft: draft && {
          rev: draft.rev,
          savedAt: iso(draft.savedAt),
          savedBy: draft.savedBy,
          ahead: (draft.hash ?? null) !== (published && (published.sourceHash ?? published.hash)),
        },
        liveCalls: liveCalls.get(flowId) ?? 0,
      };
    });
  }

  async function summary(scope: Scope, flow: FlowRecord): Promise<FlowSummary> {
    const [only] = await summaries(scope, [flow]);
    if (!only) throw new Error("bug: one flow, no summary");
    return only;
  }

  /** The document as it will run: with the library's prompts of today, around the sub-flows of today. */
  async function checkedForPublishing({ companyId }: Scope, document: FlowJson): Promise<CheckedFlow> {
    const own = systemScope(companyId);
    const [facts, library] = await Promise.all([given.factsOf(companyId), given.libraryOf(companyId)]);
    const pinned = pinPrompts(readDocument(document), library);
    const inside = await pinSubflows(pinned, given.registry, (flowId) => published(own, flowId));
    const checked = checkFlow(pinned, given.registry, facts, inside);
    await given.demandScenarios(own, pinned, inside.documents);
    const company = { ...facts, subflow: (flowId: string) => inside.documents.get(flowId) };
    const ofEveryday = await given.everyday().findings(companyId, pinned, company);
    return { ...checked, findings: [...checked.findings, ...ofEveryday.map(wireFinding)] };
  }

  async function demandPublishing(scope: Scope): Promise<void> {
    demand(scope, "write", "flowVersions");
    if (scope.role !== "author") return;
    if (!(await companies.get(systemScope(scope.companyId))).authorsMayPublish)
      throw new UserError("publishingNotAllowed");
  }

  async function versionOf(scope: Scope, flowId: string | null, versionId: string): Promise<FlowVersion> {
    demand(scope, "read", "flowVersions");
    const { companyId } = scope;
    const found = await versions.findOne({ _id: versionId, companyId, ...(flowId === null ? {} : { flowId }) });
    if (!found) throw new UserError("notFound", { what: "flow version" });
    const { flowId: of, subflows = {}, text } = found;
    return { ...toVersion(found), flowId: of, subflows: { ...subflows }, document: parseDocument(text) };
  }

  /** The version that new calls get, or `null` when the flow was never published. */
  async function published(scope: Scope, flowId: string): Promise<FlowVersion | null> {
    demand(scope, "read", "flowVersions");
    const { companyId } = scope;
    const flow = await flows.findOne({ _id: flowKey(companyId, flowId), companyId });
    return flow?.publishedId ? versionOf(scope, flowId, flow.publishedId) : null;
  }

  /** Draws the next number; the flow comes into being with its first. */
  async function nextNumber(scope: Scope, { flowId, name }: CheckedFlow): Promise<number> {
    const key = { _id: flowKey(scope.companyId, flowId), companyId: scope.companyId };
    const draw = () => flows.findOneAndUpdate(key, { $inc: { lastNumber: 1 } }, { returnDocument: "after" });
    let drawn = await draw();
    if (!drawn) {
      await drafts.begin(scope, flowId, { name, draft: null });
      drawn = await draw();
    }
    if (!drawn) throw new UserError("notFound", { what: "flow" });
    return drawn.lastNumber;
  }

  function tell({ companyId }: Pick<Scope, "companyId">, flowId: string): void {
    const message: SettingsMessage = { resource: "flows", id: flowId };
    given.bus.publish(settingsChannel(companyId), message);
  }

  async function liveOf({ companyId }: Scope, flowId: string) {
    const [live, found] = await Promise.all([
      liveCallsByVersion(given.connection, companyId),
      versions.find({ companyId, flowId }, { projection: { _id: 1 } }).toArray(),
    ]);
    const of = (versionId: string) => live.get(versionId) ?? 0;
    return { of, total: found.reduce((sum, { _id }) => sum + of(_id), 0) };
  }

  async function serve(
    scope: Scope,
    flowId: string,
    versionId: string,
    published: {
      readonly name?: string;
      readonly number?: number;
      readonly note?: string;
      readonly hash?: string;
    } = {},
  ): Promise<FlowRecord> {
    const { name } = published;
    const was = await flows.findOneAndUpdate(
      { _id: flowKey(scope.companyId, flowId), companyId: scope.companyId },
      {
        $set: { publishedId: versionId, servedAt: clock.now(), ...(name === undefined ? {} : { name }) },
        $inc: { served: 1 },
      },
      { returnDocument: "before" },
    );
    const served = was && { ...was, publishedId: versionId, name: name ?? was.name };
    if (!served) throw new UserError("notFound", { what: "flow" });
    tell(scope, flowId);
    const told = { resource: "flowVersions", targetId: flowId, targetName: served.name } as const;
    scope.changed?.({ ...told, before: { serving: was.publishedId }, after: { serving: versionId, ...published } });
    return served;
  }

  return {
    async list(scope: Scope): Promise<FlowSummary[]> {
      demand(scope, "read", "flows");
      const { companyId } = scope;
      return summaries(scope, await flows.find({ companyId }).sort({ name: 1, _id: 1 }).toArray());
    },
    async get(scope: Scope, flowId: string): Promise<OutputOf<Routes["flows.get"]>> {
      demand(scope, "read", "flows");
      const flow = await needFlow(scope, flowId);
      const { companyId } = scope;
      const found = await versions.find({ companyId, flowId }, withoutText).sort({ number: -1 }).toArray();
      const { of } = await liveOf(scope, flowId);
      const listed = found.map((version) => ({ ...toVersion(version), liveCalls: of(version._id) }));
      return { ...(await summary(scope, flow)), versions: listed };
    },
    version: versionOf,
    published,
    draft: drafts.get,
    saveDraft: drafts.save,
    discardDraft: drafts.discard,
    create: drafts.create,
    /** `inUse` while a line or another flow leads here, or calls are on it. Its versions stay readable, for the traces of its calls. */
    async remove(scope: Scope, flowId: string): Promise<void> {
      demand(scope, "write", "flows");
      const flow = await needFlow(scope, flowId);
      if (flow.publishedId !== null) await demandPublishing(scope);
      assertUnused(await given.placesOfUse(scope, flowId));
      const { total } = await liveOf(scope, flowId);
      if (total > 0) assertUnused([{ kind: "liveCalls", id: flowId, name: String(total) }]);
      const thrown = { collection: "flows", resource: "flows", targetId: flowId, name: flow.name } as const;
      // What was planned is planned anew by whoever has it back: its time may have passed meanwhile.
      const { planned: _, ...kept } = flow;
      await given.bin.put(scope, { ...thrown, document: kept, beside: await given.beside(scope, flowId) });
      await flows.deleteOne({ _id: flow._id, companyId: scope.companyId });
      await given.forget(scope, flowId);
      tell(scope, flowId);
      const { name: targetName, publishedId, draft } = flow;
      const before = { name: targetName, publishedId, draftRev: draft?.rev ?? null };
      scope.changed?.({ resource: "flows", targetId: flowId, targetName, before, after: null });
    },
    /** The same behaviour published twice is one version: it is served again. `at`: from then on, UTC milliseconds; null: at once. */
    async publish(
      scope: Scope,
      flowId: string,
      document: FlowJson,
      note: string,
      at: number | null = null,
    ): Promise<{ version: FlowVersionSummary; findings: FlowFinding[] }> {
      await demandPublishing(scope);
      if (at !== null) assertPlannable(at, clock.now());
      assertNamed(document, flowId);
      const { companyId } = scope;
      const checked = await checkedForPublishing(scope, document);
      const same = { companyId, flowId, hash: checked.hash };
      let version = await versions.findOne(same);
      if (!version) {
        const record: FlowVersionRecord = {
          _id: makeId("ver"),
          ...same,
          number: await nextNumber(scope, checked),
          note,
          publishedAt: clock.now(),
          publishedBy: await given.authorOf(scope),
          text: checked.text,
          ...(Object.keys(checked.subflows).length > 0 && { subflows: checked.subflows }),
          sourceHash: behaviourHash(document) ?? checked.hash,
        };
        try {
          await versions.insertOne(record);
          version = record;
        } catch (cause) {
          // Published by somebody else in this very moment.
          version = isDuplicate(cause) ? await versions.findOne(same) : null;
          if (!version) throw cause;
        }
      }
      // Deleted, and published again as it was: its version is there still, the flow is not.
      if (!(await flows.findOne({ _id: flowKey(companyId, flowId), companyId }, { projection: { _id: 1 } })))
        await drafts.begin(scope, flowId, { name: checked.name, draft: null });
      const { number, hash } = version;
      if (at !== null) {
        await planned.plan(companyId, flowId, { versionId: version._id, number, at, by: await given.authorOf(scope) });
        tell(scope, flowId);
        const told = { resource: "flowVersions", targetId: flowId, targetName: checked.name } as const;
        scope.changed?.({ ...told, before: null, after: { planned: version._id, number, at: iso(at), note } });
        return { version: toVersion(version), findings: [...checked.findings] };
      }
      await serve(scope, flowId, version._id, { name: checked.name, number, note: version.note, hash });
      return { version: toVersion(version), findings: [...checked.findings] };
    },
    async cancelPlanned(scope: Scope, flowId: string): Promise<void> {
      await demandPublishing(scope);
      const { name } = await needFlow(scope, flowId);
      const was = await planned.cancel(scope.companyId, flowId);
      if (!was) throw new UserError("notFound", { what: "planned version" });
      tell(scope, flowId);
      const told = { resource: "flowVersions", targetId: flowId, targetName: name } as const;
      const { versionId, number, at } = was;
      scope.changed?.({ ...told, before: { planned: versionId, number, at: iso(at) }, after: null });
    },
    planned,
    async serveVersion(scope: Scope, flowId: string, versionId: string): Promise<FlowSummary> {
      await demandPublishing(scope);
      const { companyId } = scope;
      const found = await versions.findOne({ _id: versionId, companyId, flowId }, { projection: { _id: 1 } });
      if (!found) throw new UserError("notFound", { what: "flow version" });
      return summary(scope, await serve(scope, flowId, versionId));
    },
    /** The version of a flow that the product made by itself; it is kept with the company's, under an id that nobody draws. */
    builtIn: (companyId: string, document: FlowJson): Promise<string> =>
      keepBuiltInVersion(given, companyId, checkFlow(readDocument(document), given.registry, {})),
    /** How a flow comes back from the bin: in service only by who may publish; beside a new flow of its id as a draft under another one. */
    restoring: {
      async check(scope: Scope, document: object): Promise<void> {
        if (Reflect.get(document, "publishedId") !== null) await demandPublishing(scope);
      },
      async renamed(document: object, tries: number): Promise<object> {
        const flow = document as FlowRecord;
        const { companyId, draft, publishedId } = flow;
        const served =
          draft === null && publishedId !== null ? await versions.findOne({ _id: publishedId, companyId }) : null;
        const [flowId, name] = [`${flow.flowId.slice(0, 60)}-${tries}`, `${flow.name.slice(0, 110)} (${tries})`];
        const drawn = { ...parseDocument(draft?.text ?? served?.text ?? "{}"), id: flowId, name };
        const { lastDraftRev: _, served: __, servedAt: ___, ...kept } = flow;
        return {
          ...{ ...kept, _id: flowKey(companyId, flowId), flowId, name, publishedId: null, lastNumber: 0 },
          draft: {
            ...{ rev: 1, savedAt: draft?.savedAt ?? clock.now(), savedBy: draft?.savedBy ?? null },
            ...{ text: JSON.stringify(drawn), hash: behaviourHash(drawn) },
          },
        };
      },
    },
    /** Every flow with what is in service of it and what is drawn, as texts: to be searched. */
    async texts({ companyId }: Scope): Promise<readonly FlowTexts[]> {
      const all = await flows.find({ companyId }).sort({ name: 1, _id: 1 }).toArray();
      const served = all.flatMap(({ publishedId }) => publishedId ?? []);
      const serving = await versions.find({ companyId, _id: { $in: served } }).toArray();
      const textOf = new Map(serving.map(({ _id, text }) => [_id, text]));
      return all.map(({ flowId, name, publishedId, draft }) => ({
        ...{ flowId, name, draft: draft?.text ?? null },
        published: (publishedId && textOf.get(publishedId)) ?? null,
      }));
    },
    async exists(scope: Scope, flowId: string): Promise<boolean> {
      const { companyId } = scope;
      return (await flows.findOne({ _id: flowKey(companyId, flowId), companyId }, { projection: { _id: 1 } })) !== null;
    },
    /** Which flows say which prompts of the library. */
    async sayingPrompts({ companyId }: Scope): Promise<readonly FlowSaying[]> {
      const drawn = await promptsInFlows(given.connection, companyId);
      const inEveryday = await given.everyday().prompts(companyId);
      const found = await flows.find({ companyId, flowId: { $in: [...inEveryday.keys()] } }).toArray();
      const set = found.map(({ flowId, name }) => ({ flowId, name, promptIds: inEveryday.get(flowId) ?? new Set([]) }));
      return [...drawn, ...set.map((saying) => ({ ...saying, draft: false }))];
    },
    /** Where flows use a thing of the company. */
    async using({ companyId }: Scope, kind: UsedKind, id: string): Promise<PlaceOfUse[]> {
      const drawn = await flowsUsing(given.connection, given.registry, { companyId, kind, id });
      const inEveryday = await given.everyday().using(companyId, id);
      const others = [...inEveryday].filter((flowId) => !drawn.some((place) => place.id === flowId));
      const found = await flows.find({ companyId, flowId: { $in: others } }).toArray();
      return [...drawn, ...found.map(({ flowId, name }) => ({ kind: "flow" as const, id: flowId, name }))];
    },
  };
}

export type Flows = ReturnType<typeof createFlows>;

function toVersion({ _id, number, hash, note, publishedAt, publishedBy }: Omit<FlowVersionRecord, "text">) {
  return { versionId: _id, number, hash, note, publishedAt: iso(publishedAt), publishedBy };
}
