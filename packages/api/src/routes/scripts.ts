import { type Static, Type } from "typebox";
import { Id, Name, Rev } from "../schemas.ts";
import { crudRoutes } from "./crud-routes.ts";

const closed = { additionalProperties: false } as const;

/** What the operator's side opens when a call is accepted: a web address with `{{parameters}}`. */
const fields = {
  name: Name,
  /** `https://crm.example/contact?number={{caller}}`: parameters come after the server's name and are always encoded. */
  url: Type.String({ minLength: 1, maxLength: 2000 }),
  /** A name of the tab to use again for every call; null: a new tab each time. */
  window: Type.Union([Type.String({ pattern: "^[a-zA-Z0-9-]{1,40}$" }), Type.Null()], { default: null }),
};

export const ScriptFields = Type.Object(fields, closed);
export type ScriptFields = Static<typeof ScriptFields>;
export const Script = Type.Object(
  {
    scriptId: Id,
    rev: Rev,
    ...fields,
    /** The names between braces, in the order of the address. */
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
  errors: ["alreadyExists", "scriptUrlRefused"],
  deleteErrors: ["inUse"],
});

export const scriptRoutes = {
  "scripts.list": crud.list,
  "scripts.get": crud.get,
  "scripts.create": crud.create,
  "scripts.change": crud.change,
  "scripts.delete": crud.delete,
} as const;
