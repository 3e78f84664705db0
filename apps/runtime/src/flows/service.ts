import type { FlowFinding, FlowSummary, FlowVersionSummary } from "@cordboard/api";
import type { CompanyFacts, NodeTypeRegistry } from "@cordboard/flow-schema";
import type { Connection } from "mongoose";
import { demand, isDuplicate, type Scope } from "../access/index.ts";
import type { Companies } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import { type Bus, type Clock, type MakeId, type SettingsMessage, settingsChannel } from "../ports/index.ts";
import { type CheckedFlow, checkFlow } from "./check-flow.ts";
import { type Author, type FlowRecord, type FlowVersionRecord, flowCollections, flowKey } from "./model.ts";

export interface FlowsGiven {
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly registry: NodeTypeRegistry;
  readonly companies: Companies;
  /** What a flow may refer to in the company. */
  readonly factsOf: (companyId: string) => Promise<CompanyFacts>;
  readonly authorOf: (scope: Scope) => Promise<Author | null>;
}

type FlowDocument = Record<string, unknown>;

/** A version with the document that calls run on. */
export interface FlowVersion extends FlowVersionSummary {
  readonly flowId: string;
  readonly document: FlowDocument;
}

const iso = (at: number) => new Date(at).toISOString();

/** Flows: a draft that people edit, and versions that never change. */
export function createFlows(given: FlowsGiven) {
  const { clock, makeId, companies } = given;
  const { flows, versions } = flowCollections(given.connection);

  async function needFlow({ companyId }: Scope, flowId: string): Promise<FlowRecord> {
    const found = await flows.findOne({ _id: flowKey(companyId, flowId), companyId });
    if (!found) throw new UserError("notFound", { what: "flow" });
    return found;
  }

  async function summaries({ companyId }: Scope, found: readonly FlowRecord[]): Promise<FlowSummary[]> {
    const ids = found.flatMap(({ publishedId }) => publishedId ?? []);
    const published = await versions.find({ companyId, _id: { $in: ids } }, { projection: { text: 0 } }).toArray();
    const byId = new Map(published.map((version) => [version._id, toVersion(version)]));
    return found.map(({ flowId, name, publishedId, draft }) => ({
      flowId,
      name,
      published: (publishedId && byId.get(publishedId)) || null,
      draft: draft && { rev: draft.rev, savedAt: iso(draft.savedAt), savedBy: draft.savedBy },
    }));
  }

  async function summary(scope: Scope, flow: FlowRecord): Promise<FlowSummary> {
    const [only] = await summaries(scope, [flow]);
    if (!only) throw new Error("bug: one flow, no summary");
    return only;
  }

  async function demandPublishing(scope: Scope): Promise<void> {
    demand(scope, "write", "flowVersions");
    if (scope.role !== "author") return;
    if (!(await companies.get(scope)).authorsMayPublish) throw new UserError("publishingNotAllowed");
  }

  /** Draws the next number; the flow comes into being with its first. */
  async function nextNumber({ companyId }: Scope, { flowId, name }: CheckedFlow): Promise<number> {
    const drawn = await flows.findOneAndUpdate(
      { _id: flowKey(companyId, flowId) },
      {
        $inc: { lastNumber: 1 },
        $setOnInsert: { companyId, flowId, name, publishedId: null, draft: null, createdAt: clock.now() },
      },
      { upsert: true, returnDocument: "after" },
    );
    return drawn?.lastNumber ?? 1;
  }

  async function serve(scope: Scope, flowId: string, versionId: string, name?: string): Promise<FlowRecord> {
    const served = await flows.findOneAndUpdate(
      { _id: flowKey(scope.companyId, flowId), companyId: scope.companyId },
      { $set: { publishedId: versionId, ...(name === undefined ? {} : { name }) } },
      { returnDocument: "after" },
    );
    if (!served) throw new UserError("notFound", { what: "flow" });
    const message: SettingsMessage = { resource: "flows", id: flowId };
    given.bus.publish(settingsChannel(scope.companyId), message);
    return served;
  }

  return {
    async list(scope: Scope): Promise<FlowSummary[]> {
      demand(scope, "read", "flows");
      const { companyId } = scope;
      return summaries(scope, await flows.find({ companyId }).sort({ name: 1, _id: 1 }).toArray());
    },
    async get(scope: Scope, flowId: string): Promise<FlowSummary & { versions: FlowVersionSummary[] }> {
      demand(scope, "read", "flows");
      const flow = await needFlow(scope, flowId);
      const { companyId } = scope;
      const found = await versions
        .find({ companyId, flowId }, { projection: { text: 0 } })
        .sort({ number: -1 })
        .toArray();
      return { ...(await summary(scope, flow)), versions: found.map(toVersion) };
    },
    async version(scope: Scope, flowId: string | null, versionId: string): Promise<FlowVersion> {
      demand(scope, "read", "flowVersions");
      const { companyId } = scope;
      const found = await versions.findOne({ _id: versionId, companyId, ...(flowId === null ? {} : { flowId }) });
      if (!found) throw new UserError("notFound", { what: "flow version" });
      return { ...toVersion(found), flowId: found.flowId, document: parseDocument(found.text) };
    },
    /** The version that new calls get, or `null` when the flow was never published. */
    async published(scope: Scope, flowId: string): Promise<FlowVersion | null> {
      demand(scope, "read", "flowVersions");
      const { companyId } = scope;
      const flow = await flows.findOne({ _id: flowKey(companyId, flowId), companyId });
      return flow?.publishedId ? this.version(scope, flowId, flow.publishedId) : null;
    },
    async draft(scope: Scope, flowId: string) {
      demand(scope, "read", "flows");
      const { draft } = await needFlow(scope, flowId);
      if (!draft) throw new UserError("notFound", { what: "draft" });
      const { rev, savedAt, savedBy, text } = draft;
      return { rev, savedAt: iso(savedAt), savedBy, document: parseDocument(text) };
    },
    /** `rev` is that of the draft it was made on, null for the first; `changedMeanwhile` when another one is there. */
    async saveDraft(scope: Scope, flowId: string, rev: number | null, document: FlowDocument) {
      demand(scope, "write", "flows");
      const { companyId } = scope;
      assertNamed(document, flowId);
      const name = typeof document.name === "string" && document.name.trim() ? document.name.slice(0, 120) : flowId;
      const savedBy = await given.authorOf(scope);
      const draft = { rev: (rev ?? 0) + 1, savedAt: clock.now(), savedBy, text: JSON.stringify(document) };
      const saved = { rev: draft.rev, savedAt: iso(draft.savedAt), savedBy };
      const key = flowKey(companyId, flowId);
      const had = rev === null ? { draft: null } : { "draft.rev": rev };
      const { matchedCount } = await flows.updateOne({ _id: key, companyId, ...had }, { $set: { draft } });
      if (matchedCount > 0) return saved;
      if (rev !== null) throw new UserError("changedMeanwhile");
      const record = { _id: key, companyId, flowId, name, publishedId: null, lastNumber: 0, draft };
      try {
        await flows.insertOne({ ...record, createdAt: clock.now() });
      } catch (cause) {
        throw isDuplicate(cause) ? new UserError("changedMeanwhile") : cause;
      }
      return saved;
    },
    /** The same behaviour published twice is one version: it is served again. */
    async publish(
      scope: Scope,
      flowId: string,
      document: FlowDocument,
      note: string,
    ): Promise<{ version: FlowVersionSummary; findings: FlowFinding[] }> {
      await demandPublishing(scope);
      assertNamed(document, flowId);
      const { companyId } = scope;
      const checked = checkFlow(document, given.registry, await given.factsOf(companyId));
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
      await serve(scope, flowId, version._id, checked.name);
      return { version: toVersion(version), findings: [...checked.findings] };
    },
    async serveVersion(scope: Scope, flowId: string, versionId: string): Promise<FlowSummary> {
      await demandPublishing(scope);
      const { companyId } = scope;
      const found = await versions.findOne({ _id: versionId, companyId, flowId }, { projection: { _id: 1 } });
      if (!found) throw new UserError("notFound", { what: "flow version" });
      return summary(scope, await serve(scope, flowId, versionId));
    },
    async exists(scope: Scope, flowId: string): Promise<boolean> {
      const { companyId } = scope;
      return (await flows.findOne({ _id: flowKey(companyId, flowId), companyId }, { projection: { _id: 1 } })) !== null;
    },
    /** Names of the flows whose published version mentions an id (of a queue, script or telephone). */
    async namesMentioning(companyId: string, id: string): Promise<string[]> {
      const found = await flows.find({ companyId }).sort({ name: 1 }).toArray();
      const ids = found.flatMap(({ publishedId }) => publishedId ?? []);
      const served = await versions.find({ companyId, _id: { $in: ids } }).toArray();
      const using = new Set(served.filter(({ text }) => text.includes(`"${id}"`)).map(({ _id }) => _id));
      return found.filter(({ publishedId }) => publishedId && using.has(publishedId)).map(({ name }) => name);
    },
  };
}

export type Flows = ReturnType<typeof createFlows>;

function assertNamed(document: FlowDocument, flowId: string): void {
  if (document.id === flowId) return;
  const problem = { fr: `doit être « ${flowId} », comme dans l’adresse`, en: `must be “${flowId}”, as in the address` };
  throw new UserError("requestInvalid", { where: "/body/document/id", problem });
}

function parseDocument(text: string): FlowDocument {
  return JSON.parse(text);
}

function toVersion({ _id, number, hash, note, publishedAt, publishedBy }: Omit<FlowVersionRecord, "text">) {
  return { versionId: _id, number, hash, note, publishedAt: iso(publishedAt), publishedBy };
}
