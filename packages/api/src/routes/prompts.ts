/** The company's own prompts: texts and recordings that several flows share, and that replace announcements of the product. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { Id, IsoTime, LanguageTag, Name, Rev } from "../schemas.ts";
import { crudRoutes } from "./crud-routes.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** Largest recording that is taken. */
export const maxAudioBytes = 20_000_000;

const languagePattern = "^[a-z]{2}(-[A-Z]{2})?$";
const byLanguage = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) =>
  Type.Record(Type.String({ pattern: languagePattern }), schema, closed);

/** Audio on the shelf: heard at `/media/<sha256>.wav`, named in flows as `sha256:<sha256>`. */
export const StoredAudio = Type.Object(
  {
    sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }),
    durationMs: Type.Integer({ minimum: 0 }),
    /** It can be heard, but callers will strain to: worth recording again. */
    quiet: Type.Boolean(),
  },
  { ...closed, title: "StoredAudio" },
);
export type StoredAudio = Static<typeof StoredAudio>;

const fields = {
  name: Name,
  texts: byLanguage(Type.String({ maxLength: 4000 })),
  /** The name of the product's announcement that callers hear this in place of; one prompt an announcement. */
  replaces: Type.Union([Type.String({ pattern: "^[A-Za-z][A-Za-z0-9_-]{0,63}$" }), Type.Null()], { default: null }),
};

export const LibraryPromptFields = Type.Object(fields, closed);
export type LibraryPromptFields = Static<typeof LibraryPromptFields>;
const recordedText = Type.String({ maxLength: 4000 });

export const LibraryPrompt = Type.Object(
  {
    promptId: Id,
    rev: Rev,
    ...fields,
    audio: byLanguage(
      Type.Object(
        {
          ...StoredAudio.properties,
          uploadedAt: IsoTime,
          /** The text that it was made for, where one is known; when the prompt's text is another by now, the two have drifted apart. */
          text: Type.Optional(recordedText),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: "LibraryPrompt" },
);
export type LibraryPrompt = Static<typeof LibraryPrompt>;

const crud = crudRoutes({
  name: "prompts",
  resource: "prompts",
  path: "/api/prompts",
  key: "promptId",
  id: Id,
  item: LibraryPrompt,
  fields: LibraryPromptFields,
  singular: "prompt",
  plural: "prompts",
  errors: ["alreadyExists", "notFound"],
  deleteErrors: ["inUse"],
});

const audioParams = Type.Object({ promptId: Id, language: LanguageTag });
export const audioErrors = ["audioUnreadable", "audioSilent", "audioTooLong"] as const;

/** Where something is used: the flow or queue that would have to let go of it. */
const Use = Type.Object(
  {
    kind: Type.Enum(["flow", "queue"]),
    id: Type.String(),
    name: Type.String(),
    /** Only in what is not published yet. */
    draft: Type.Boolean(),
  },
  { ...closed, title: "PromptUse" },
);

export const promptRoutes = {
  "prompts.list": crud.list,
  "prompts.get": crud.get,
  "prompts.create": crud.create,
  "prompts.change": crud.change,
  "prompts.delete": crud.delete,
  "prompts.upload": defineRoute({
    id: "prompts.upload",
    method: "PUT",
    path: "/api/prompts/:promptId/audio/:language",
    roles: permissions.prompts.write,
    summary: "Records a prompt in a language: the file is converted to what telephones play.",
    request: { params: audioParams },
    upload: true,
    response: LibraryPrompt,
    errors: ["notFound", ...audioErrors],
    maxBodyBytes: maxAudioBytes,
  }),
  "prompts.confirmAudio": defineRoute({
    id: "prompts.confirmAudio",
    method: "PUT",
    path: "/api/prompts/:promptId/audio/:language/text",
    roles: permissions.prompts.write,
    summary:
      "Says which text the recording of a prompt in a language is right for: the one that it says, whatever it was made for.",
    request: {
      params: audioParams,
      /** `sha256`: the recording that was heard; when there is another by now, the answer is `changedMeanwhile`. */
      body: Type.Object({ sha256: StoredAudio.properties.sha256, text: recordedText }, closed),
    },
    response: LibraryPrompt,
    errors: ["notFound", "changedMeanwhile"],
  }),
  "prompts.removeAudio": defineRoute({
    id: "prompts.removeAudio",
    method: "DELETE",
    path: "/api/prompts/:promptId/audio/:language",
    roles: permissions.prompts.write,
    summary: "Takes the recording of a prompt in a language away; its text stays.",
    request: { params: audioParams },
    response: LibraryPrompt,
    errors: ["notFound"],
  }),
  "prompts.uses": defineRoute({
    id: "prompts.uses",
    method: "GET",
    path: "/api/prompt-uses",
    roles: permissions.prompts.read,
    summary:
      "Lists where the company's prompts are used: flows (published, in a call, or drafts) and queues. What is not in it is used nowhere.",
    request: {},
    response: Type.Object(
      { items: Type.Array(Type.Object({ promptId: Id, uses: Type.Array(Use) }, { ...closed, title: "PromptUses" })) },
      closed,
    ),
    errors: [],
  }),
  "prompts.builtIn": defineRoute({
    id: "prompts.builtIn",
    method: "GET",
    path: "/api/built-in-prompts",
    roles: permissions.prompts.read,
    summary: "Lists the announcements that ship with the product, and which of them the company replaced.",
    request: {},
    response: Type.Object(
      {
        items: Type.Array(
          Type.Object(
            {
              name: Type.String(),
              kind: Type.Enum(["speech", "music", "tone"]),
              texts: byLanguage(Type.String()),
              audio: byLanguage(StoredAudio),
              /** The company's prompt that is heard instead. */
              replacedBy: nullable(Id),
            },
            { ...closed, title: "BuiltInPrompt" },
          ),
        ),
      },
      closed,
    ),
    errors: [],
  }),
  "prompts.pieces": defineRoute({
    id: "prompts.pieces",
    method: "GET",
    path: "/api/built-in-pieces",
    roles: permissions.prompts.read,
    summary:
      "Lists the pieces that numbers, dates and durations are said with, and which of them the company replaced.",
    request: {},
    response: Type.Object(
      {
        items: Type.Array(
          Type.Object(
            {
              /** What a prompt replaces that is to be heard instead. */
              name: Type.String(),
              /** In the languages that have the piece; in another the same may be said with other pieces. */
              texts: byLanguage(Type.String()),
              audio: byLanguage(StoredAudio),
              /** The company's prompt that is heard instead. */
              replacedBy: nullable(Id),
            },
            { ...closed, title: "BuiltInPiece" },
          ),
        ),
      },
      closed,
    ),
    errors: [],
  }),
  "audio.add": defineRoute({
    id: "audio.add",
    method: "POST",
    path: "/api/audio",
    roles: permissions.audio.write,
    summary: "Converts a recording and puts it on the shelf, for a prompt of a flow's own.",
    request: {},
    upload: true,
    response: StoredAudio,
    audited: false,
    errors: audioErrors,
    maxBodyBytes: maxAudioBytes,
  }),
} as const;
