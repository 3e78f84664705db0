import { type Static, Type } from "typebox";
import { Id, Name, Rev } from "../schemas.ts";
import { crudRoutes } from "./crud-routes.ts";

const closed = { additionalProperties: false } as const;

/** What rings: a SIP user registered with the telephone system, a SIP address, or a number. */
export const TelephoneTarget = Type.Union([
  Type.Object(
    { kind: Type.Literal("user"), name: Type.String({ pattern: "^[^\\s@]{1,64}(@[^\\s@]{1,190})?$" }) },
    closed,
  ),
  Type.Object({ kind: Type.Literal("sipUri"), uri: Type.String({ pattern: '^sips?:[^\\s<>"]{3,250}$' }) }, closed),
  Type.Object({ kind: Type.Literal("number"), number: Type.String({ minLength: 1, maxLength: 32 }) }, closed),
]);
export type TelephoneTarget = Static<typeof TelephoneTarget>;

const fields = { name: Name, target: TelephoneTarget };

export const TelephoneFields = Type.Object(fields, closed);
export type TelephoneFields = Static<typeof TelephoneFields>;
/** What rings, a number as people of the company's country write it. A change that comes with it is not refused: `target` is what counts. */
const targetText = Type.String();
/** The operator whose own it is (a number, a browser), which nobody else may choose. Absent: the company's. */
const ownerId = Type.Optional(Id);
export const Telephone = Type.Object(
  { telephoneId: Id, rev: Rev, ...fields, targetText, ownerId },
  { ...closed, title: "Telephone" },
);
export type Telephone = Static<typeof Telephone>;

const crud = crudRoutes({
  name: "telephones",
  resource: "telephones",
  path: "/api/telephones",
  key: "telephoneId",
  id: Id,
  item: Telephone,
  fields: TelephoneFields,
  singular: "telephone",
  plural: "telephones",
  errors: ["alreadyExists", "numberInvalid"],
  deleteErrors: ["inUse"],
});

export const telephoneRoutes = {
  "telephones.list": crud.list,
  "telephones.get": crud.get,
  "telephones.create": crud.create,
  "telephones.change": {
    ...crud.change,
    request: {
      params: crud.change.request.params,
      body: Type.Object({ ...fields, rev: Rev, targetText: Type.Optional(targetText), ownerId }, closed),
    },
  },
  "telephones.delete": crud.delete,
} as const;
