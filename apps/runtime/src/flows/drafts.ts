import type { DraftSaved } from "@cordboard/api";
import type { Connection } from "mongoose";
import { demand, isDuplicate, type Scope, systemScope } from "../access/index.ts";
import type { Companies } from "../companies/index.ts";
import { UserError } from "../errors/index.ts";
import { type AuthorsNews, authorsChannel, type Bus, type Clock } from "../ports/index.ts";
import { firstDraft } from "./first-draft.ts";
import { assertNamed, behaviourHash, type FlowJson, flowIdOf, nameOf, parseDocument } from "./flow-text.ts";
import { type Author, type FlowRecord, flowCollections, flowKey } from "./model.ts";

export interface DraftsGiven {
  readonly connection: Connection;
  /** Who else draws on the flow is told that it was saved. */
  readonly bus: Bus;
  readonly clock: Clock;
  readonly companies: Pick<Companies, "get">;
  readonly authorOf: (scope: Scope) => Promise<Author | null>;
}

export interface NewFlow {
  readonly name: string;
  readonly flowId?: string;
  readonly document?: FlowJson;
}

const iso = (at: number) => new Date(at).toISOString();

/** Drafts: what people edit. Each save names the one it was made on, so that nobody's work is written over. */
export function createDrafts({ connection, bus, clock, companies, authorOf }: DraftsGiven) {
  const { flows, versions } = flowCollections(connection);
  const recordOf = ({ companyId }: Scope, flowId: string) =>
    flows.findOne({ _id: flowKey(companyId, flowId), companyId });

  /** Numbers go on where a deleted flow of this id ended: its versions are still there, for the calls they served. */
  async function lastNumber(companyId: string, flowId: string): Promise<number> {
    const [newest] = await versions.find({ companyId, flowId }).sort({ number: -1 }).limit(1).toArray();
    return newest?.number ?? 0;
  }

  /** Brings a flow into being, without a draft; says whether it was not there. */
  async function begin(
    { companyId }: Scope,
    flowId: string,
    fields: Pick<FlowRecord, "name" | "draft">,
  ): Promise<boolean> {
    const record = { _id: flowKey(companyId, flowId), companyId, flowId, publishedId: null, createdAt: clock.now() };
    try {
      await flows.insertOne({ ...record, ...fields, lastNumber: await lastNumber(companyId, flowId) });
      return true;
    } catch (cause) {
      if (isDuplicate(cause)) return false;
      throw cause;
    }
  }

  async function draftOf(scope: Scope, rev: number, document: FlowJson) {
    const savedBy = await authorOf(scope);
    return { rev, savedAt: clock.now(), savedBy, text: JSON.stringify(document), hash: behaviourHash(document) };
  }

  /** Throws `draftChanged` with the draft that is there: who saved it, when, and the document itself. */
  async function conflict(scope: Scope, flowId: string): Promise<never> {
    const there = (await recordOf(scope, flowId))?.draft ?? null;
    const { timeZone } = await companies.get(systemScope(scope.companyId));
    const told = (language: string, at: number) =>
      new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone }).format(at);
    const somebody = { fr: "Quelqu’un", en: "Somebody" };
    throw new UserError("draftChanged", {
      who: there?.savedBy?.name ?? somebody,
      when: there
        ? { fr: told("fr-FR", there.savedAt), en: told("en-GB", there.savedAt) }
        : { fr: "il n’y en a plus", en: "there is none any more" },
      draft: there && {
        rev: there.rev,
        savedAt: iso(there.savedAt),
        savedBy: there.savedBy,
        document: parseDocument(there.text),
      },
    });
  }

  async function save(scope: Scope, flowId: string, rev: number | null, document: FlowJson) {
    demand(scope, "write", "flows");
    assertNamed(document, flowId);
    const name = nameOf(document, flowId);
    const found = await recordOf(scope, flowId);
    const draft = await draftOf(scope, (rev ?? found?.lastDraftRev ?? 0) + 1, document);
    const saved = { rev: draft.rev, savedAt: iso(draft.savedAt), savedBy: draft.savedBy };
    if (!found) {
      if (rev === null && (await begin(scope, flowId, { name, draft }))) {
        scope.changed?.({ resource: "flows", targetId: flowId, targetName: name, before: null, after: { name } });
        return saved;
      }
      if (rev !== null) throw new UserError("notFound", { what: "flow" });
      return conflict(scope, flowId);
    }
    const { _id, companyId, lastDraftRev } = found;
    const expected = rev === null ? { draft: null, ...(lastDraftRev && { lastDraftRev }) } : { "draft.rev": rev };
    // What callers get has the name it was published under.
    const renamed = found.publishedId === null ? { name } : {};
    const { matchedCount } = await flows.updateOne({ _id, companyId, ...expected }, { $set: { draft, ...renamed } });
    if (matchedCount === 0) return conflict(scope, flowId);
    const news: AuthorsNews = { kind: "draft", flowId, rev: draft.rev };
    bus.publish(authorsChannel(companyId), news);
    return saved;
  }

  return {
    begin,
    save,
    async get(scope: Scope, flowId: string) {
      demand(scope, "read", "flows");
      const found = await recordOf(scope, flowId);
      if (!found) throw new UserError("notFound", { what: "flow" });
      if (!found.draft) throw new UserError("notFound", { what: "draft" });
      const { rev, savedAt, savedBy, text } = found.draft;
      return { rev, savedAt: iso(savedAt), savedBy, document: parseDocument(text) };
    },
    /** Creates a flow with its first draft. An id that is made from the name gets a number when it is taken; one that was asked for does not. */
    async create(scope: Scope, { name, flowId, document }: NewFlow): Promise<DraftSaved> {
      demand(scope, "write", "flows");
      const wanted = flowId ?? flowIdOf(name);
      const { languages } = await companies.get(systemScope(scope.companyId));
      for (let n = 1; n < 1_000; n++) {
        const id = n === 1 ? wanted : `${wanted}-${n}`;
        const own = { ...(document ?? firstDraft(languages)), id, name };
        const draft = await draftOf(scope, 1, own);
        if (await begin(scope, id, { name, draft })) {
          const after = { name, draftRev: 1, imported: document !== undefined };
          scope.changed?.({ resource: "flows", targetId: id, targetName: name, before: null, after });
          return { flowId: id, rev: 1, savedAt: iso(draft.savedAt), savedBy: draft.savedBy };
        }
        if (flowId !== undefined) break;
      }
      throw new UserError("alreadyExists", { field: "flowId", value: wanted });
    },
    /** Gives the draft up; `neverPublished` when it is all there is. */
    async discard(scope: Scope, flowId: string): Promise<void> {
      demand(scope, "write", "flows");
      const found = await recordOf(scope, flowId);
      if (!found) throw new UserError("notFound", { what: "flow" });
      if (!found.draft) throw new UserError("notFound", { what: "draft" });
      if (found.publishedId === null) throw new UserError("neverPublished");
      const { rev } = found.draft;
      const { matchedCount } = await flows.updateOne(
        { _id: found._id, companyId: found.companyId, "draft.rev": rev },
        { $set: { draft: null, lastDraftRev: rev } },
      );
      if (matchedCount === 0) await conflict(scope, flowId);
      const told = { resource: "flows", targetId: flowId, targetName: found.name } as const;
      scope.changed?.({ ...told, before: { draftRev: rev }, after: { draftRev: null } });
    },
  };
}

export type Drafts = ReturnType<typeof createDrafts>;
