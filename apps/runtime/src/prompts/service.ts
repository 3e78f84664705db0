import type { LibraryPrompt, LibraryPromptFields, OutputOf, Routes, StoredAudio } from "@cordboard/api";
import { builtInPieces, builtInPrompts, isBuiltInPromptName } from "@cordboard/prompts";
import type { Connection } from "mongoose";
import { assertUnused, type BinPort, demand, type PlaceOfUse, type Scope, systemScope } from "../access/index.ts";
import { UserError } from "../errors/index.ts";
import { convertAudio, type MediaShelf } from "../media/index.ts";
import type { Bus, Clock, MakeId } from "../ports/index.ts";
import { type PromptAudio, type PromptDocument, promptCollection } from "./model.ts";

export interface PromptsGiven {
  /** What is deleted lies there for a while; absent: nowhere. */
  readonly bin?: BinPort;
  readonly connection: Connection;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly makeId: MakeId;
  readonly media: Pick<MediaShelf, "add">;
  /** Flows that say a prompt, and queues whose callers hear it. */
  readonly placesOfUse: (scope: Scope, promptId: string) => Promise<readonly PlaceOfUse[]>;
  /** The same of all prompts at once, for a page. */
  readonly uses: (scope: Scope) => Promise<readonly (PlaceOfUse & { readonly promptIds: ReadonlySet<string> })[]>;
}

type BuiltInItem = OutputOf<Routes["prompts.builtIn"]>["items"][number];
type UsesItem = OutputOf<Routes["prompts.uses"]>["items"][number];
type PieceItem = OutputOf<Routes["prompts.pieces"]>["items"][number];

/** How often a change of one recording is tried again when another language was recorded in the same moment. */
const triesOfAudio = 5;

/** Prompts: texts and recordings that the company's flows share, and that replace announcements of the product. */
export function createPrompts({ connection, bus, bin, clock, makeId, media, placesOfUse, uses }: PromptsGiven) {
  const collection = promptCollection(connection, bus, bin);

  async function checked(scope: Scope, fields: LibraryPromptFields, itself: string | null) {
    const { replaces } = fields;
    if (replaces === null) return fields;
    if (!isBuiltInPromptName(replaces) && !builtInPieces.has(replaces))
      throw new UserError("notFound", { what: "announcement" });
    const other = await collection(systemScope(scope.companyId)).find({ replaces });
    if (other && other._id !== itself) {
      throw new UserError("alreadyExists", { field: "replaces", value: `${replaces} → ${other.name}` });
    }
    return fields;
  }

  async function shelve(file: Uint8Array): Promise<StoredAudio> {
    const { bytes, durationMs, quiet } = await convertAudio(file);
    return { sha256: await media.add(bytes), durationMs, quiet };
  }

  /**
   * Whoever records says nothing of `rev`: texts that somebody changes meanwhile stay, and so do other languages. `make` gives the language's
   * recording from the prompt as it is; null takes it away.
   */
  async function changeAudio(
    scope: Scope,
    id: string,
    language: string,
    make: (found: PromptDocument) => PromptAudio | null,
  ) {
    for (let tries = 1; ; tries++) {
      const found = await collection(scope).get(id);
      const { [language]: _, ...others } = found.audio;
      const audio = make(found);
      try {
        const all = audio === null ? others : { ...others, [language]: audio };
        return toPrompt(await collection(scope).change(id, found.rev, { audio: all }));
      } catch (error) {
        const late = error instanceof UserError && error.code === "changedMeanwhile";
        if (!late || tries === triesOfAudio) throw error;
      }
    }
  }

  /** The company's prompts by what they replace. */
  async function replacedIn(scope: Scope): Promise<ReadonlyMap<string | null, string>> {
    return new Map((await collection(scope).list()).map(({ replaces, _id }) => [replaces, _id]));
  }

  return {
    list: async (scope: Scope): Promise<LibraryPrompt[]> => (await collection(scope).list()).map(toPrompt),
    get: async (scope: Scope, id: string): Promise<LibraryPrompt> => toPrompt(await collection(scope).get(id)),
    async create(scope: Scope, fields: LibraryPromptFields): Promise<LibraryPrompt> {
      demand(scope, "write", "prompts");
      const document = { ...(await checked(scope, fields, null)), audio: {} };
      return toPrompt(await collection(scope).insert(makeId("prompt"), document));
    },
    async change(scope: Scope, id: string, rev: number, fields: LibraryPromptFields): Promise<LibraryPrompt> {
      demand(scope, "write", "prompts");
      const { texts, audio } = await collection(scope).get(id);
      const changes = { ...(await checked(scope, fields, id)), audio: remembering(audio, texts) };
      return toPrompt(await collection(scope).change(id, rev, changes));
    },
    /** The audio stays on the shelf: published flows and live calls may name it. */
    async remove(scope: Scope, id: string): Promise<void> {
      demand(scope, "write", "prompts");
      assertUnused(await placesOfUse(scope, id));
      await collection(scope).remove(id);
    },
    async record(scope: Scope, id: string, language: string, file: Uint8Array): Promise<LibraryPrompt> {
      demand(scope, "write", "prompts");
      await collection(scope).get(id);
      const audio = { ...(await shelve(file)), uploadedAt: clock.now() };
      return changeAudio(scope, id, language, ({ texts }) => ({ ...audio, text: texts[language] ?? "" }));
    },
    /** The recording is right for a text: for one that was changed, or that is not saved yet. */
    async confirmAudio(
      scope: Scope,
      id: string,
      language: string,
      { sha256, text }: { readonly sha256: string; readonly text: string },
    ): Promise<LibraryPrompt> {
      demand(scope, "write", "prompts");
      return changeAudio(scope, id, language, ({ audio }) => {
        const heard = recordingIn(audio, language);
        if (heard.sha256 !== sha256) throw new UserError("changedMeanwhile");
        return { ...heard, text };
      });
    },
    async removeAudio(scope: Scope, id: string, language: string): Promise<LibraryPrompt> {
      demand(scope, "write", "prompts");
      return changeAudio(scope, id, language, ({ audio }) => {
        recordingIn(audio, language);
        return null;
      });
    },
    async uses(scope: Scope): Promise<UsesItem[]> {
      const known = await collection(scope).list();
      const places = await uses(scope);
      return known.flatMap(({ _id }) => {
        const own = places.filter(({ promptIds }) => promptIds.has(_id));
        const said = own.flatMap(({ kind, id, name, draft = false }) =>
          kind === "flow" || kind === "queue" ? [{ kind, id, name, draft }] : [],
        );
        return said.length === 0 ? [] : [{ promptId: _id, uses: said }];
      });
    },
    async builtIn(scope: Scope): Promise<BuiltInItem[]> {
      const replaced = await replacedIn(scope);
      return Object.entries(builtInPrompts).map(([name, { kind, audio }]) => ({
        ...{ name, kind, ...saidAndHeard(audio) },
        replacedBy: replaced.get(name) ?? null,
      }));
    },
    async pieces(scope: Scope): Promise<PieceItem[]> {
      const replaced = await replacedIn(scope);
      return [...builtInPieces].map(([name, audio]) => ({
        ...{ name, ...saidAndHeard(audio) },
        replacedBy: replaced.get(name) ?? null,
      }));
    },
    /** Puts a recording on the shelf for a flow's own prompt; nothing but the flow will name it. */
    async addAudio(scope: Scope, file: Uint8Array): Promise<StoredAudio> {
      demand(scope, "write", "audio");
      return shelve(file);
    },
  };
}

export type Prompts = ReturnType<typeof createPrompts>;

function recordingIn(audio: PromptDocument["audio"], language: string): PromptAudio {
  const found = audio[language];
  if (!found) throw new UserError("notFound", { what: "audio" });
  return found;
}

/** Recordings whose text is not known, because they are older than that, are for the text that stands there now: what it becomes is another. */
function remembering(audio: PromptDocument["audio"], texts: PromptDocument["texts"]): PromptDocument["audio"] {
  return Object.fromEntries(
    Object.entries(audio).map(([language, one]) => [
      language,
      (one.text ?? "").trim() === "" ? { ...one, text: texts[language] ?? "" } : one,
    ]),
  );
}

function mapped<From, To>(record: Readonly<Record<string, From>>, make: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, make(value)]));
}

type Recorded = Readonly<
  Record<string, { readonly text: string; readonly sha256: string; readonly durationMs: number }>
>;

function saidAndHeard(audio: Recorded): Pick<PieceItem, "texts" | "audio"> {
  return {
    texts: mapped(audio, ({ text }) => text),
    audio: mapped(audio, ({ sha256, durationMs }) => ({ sha256, durationMs, quiet: false })),
  };
}

function toPrompt({ _id, rev, name, texts, replaces, audio }: PromptDocument): LibraryPrompt {
  const recordings = mapped(audio, (one) => ({ ...one, uploadedAt: new Date(one.uploadedAt).toISOString() }));
  return { promptId: _id, rev, name, texts, replaces, audio: recordings };
}
