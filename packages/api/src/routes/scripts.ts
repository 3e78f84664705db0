import { type Static, Type } from "typebox";
import { Questionnaire } from "../questionnaire/questionnaire.ts";
import { Id, Name, Rev } from "../schemas.ts";
import { crudRoutes } from "./crud-routes.ts";

const closed = { additionalProperties: false } as const;

const OtherAddress = Type.Union([Type.String({ minLength: 1, maxLength: 2000 }), Type.Null()], { default: null });
const Place = Type.Enum(["tab", "panel"], { default: "tab" });

const DrawnQuestionnaire = Type.Union([Questionnaire, Type.Null()], { default: null });

/** What the operator's side opens when a call is accepted: a web address with `{{parameters}}`, or a guided conversation. */
const fields = {
  name: Name,
  /**
   * The contact's file, or whatever opens for every caller: `https://crm.example/contact?number={{caller}}`. Parameters come after the
   * server's name and are always encoded. Null: the script is a questionnaire.
   */
  url: OtherAddress,
  /** Where several contacts fit the caller: their list. Null: who takes the call chooses, and that contact's `url` opens. */
  urlSeveral: Type.Optional(OtherAddress),
  /** Where the caller is no contact: a new file, already filled in. Null: `url` opens where it needs no contact, else nothing. */
  urlUnknown: Type.Optional(OtherAddress),
  /** `panel`: inside the operator's program, where the site lets itself be shown there. */
  place: Type.Optional(Place),
  /** A name of the tab to use again for every call; null: a new tab each time. */
  window: Type.Union([Type.String({ pattern: "^[a-zA-Z0-9-]{1,40}$" }), Type.Null()], { default: null }),
  /** What is asked at the operator's desk, step by step, in place of an address. */
  questionnaire: Type.Optional(DrawnQuestionnaire),
};

export const ScriptFields = Type.Object(fields, closed);
export type ScriptFields = Static<typeof ScriptFields>;
export const Script = Type.Object(
  {
    scriptId: Id,
    rev: Rev,
    ...fields,
    urlSeveral: OtherAddress,
    urlUnknown: OtherAddress,
    place: Place,
    questionnaire: DrawnQuestionnaire,
    /** The names between braces of all addresses or texts, in their order. */
    parameters: Type.Array(Type.String()),
  },
  { ...closed, title: "Script" },
);
export type Script = Static<typeof Script>;

const crud = crudRoutes({
  name: "scripts",
  resource: "scripts",
  path: "/api/scripts",
  key: "scriptId",
  id: Id,
  item: Script,
  fields: ScriptFields,
  singular: "script",
  plural: "scripts",
  errors: ["alreadyExists", "scriptUrlRefused", "questionnaireRefused"],
  deleteErrors: ["inUse"],
});

export const scriptRoutes = {
  "scripts.list": crud.list,
  "scripts.get": crud.get,
  "scripts.create": crud.create,
  "scripts.change": crud.change,
  "scripts.delete": crud.delete,
} as const;
