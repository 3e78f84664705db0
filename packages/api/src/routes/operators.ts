import { type Static, Type } from "typebox";
import { Id, Name, NewPassword, OperatorCode, Rev, ScreenLanguage } from "../schemas.ts";
import { crudRoutes } from "./crud-routes.ts";

const closed = { additionalProperties: false } as const;

/** Who answers calls. Which queues an operator may serve is said by the queues. */
const fields = {
  code: OperatorCode,
  name: Name,
  language: ScreenLanguage,
  /** False: may not sign in; a shift that is open goes on until it ends. */
  enabled: Type.Boolean({ default: true }),
};

/** On a change `password` is left out to keep the one there is. */
export const OperatorFields = Type.Object({ ...fields, password: Type.Optional(NewPassword) }, closed);
export type OperatorFields = Static<typeof OperatorFields>;
const NewOperator = Type.Object({ ...fields, password: NewPassword }, closed);
export const Operator = Type.Object({ operatorId: Id, rev: Rev, ...fields }, { ...closed, title: "Operator" });
export type Operator = Static<typeof Operator>;

const crud = crudRoutes({
  name: "operators",
  resource: "operators",
  path: "/api/operators",
  key: "operatorId",
  id: Id,
  item: Operator,
  fields: OperatorFields,
  singular: "operator",
  plural: "operators",
  errors: ["alreadyExists", "weakPassword"],
  deleteErrors: ["inUse"],
});

export const operatorRoutes = {
  "operators.list": crud.list,
  "operators.get": crud.get,
  "operators.create": { ...crud.create, request: { body: NewOperator } },
  "operators.change": crud.change,
  "operators.delete": crud.delete,
} as const;
