import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
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
/** Without a password one is made, and shown in the answer: this once. */
const NewOperator = Type.Object({ ...fields, password: Type.Optional(NewPassword) }, closed);
export const Operator = Type.Object({ operatorId: Id, rev: Rev, ...fields }, { ...closed, title: "Operator" });
export type Operator = Static<typeof Operator>;

const NewOperatorAnswer = Type.Object(
  { ...Operator.properties, newPassword: Type.Union([Type.String(), Type.Null()]) },
  { ...closed, title: "NewOperator" },
);

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
  deleteErrors: ["inUse", "callCentreUnavailable"],
});

export const operatorRoutes = {
  "operators.list": crud.list,
  "operators.get": crud.get,
  "operators.create": { ...crud.create, request: { body: NewOperator }, response: NewOperatorAnswer },
  "operators.change": crud.change,
  "operators.delete": crud.delete,
  "operators.newPassword": defineRoute({
    id: "operators.newPassword",
    method: "POST",
    path: "/api/operators/:operatorId/password",
    roles: permissions.operators.write,
    summary: "Gives the operator a new password, shown in the answer this once; ends their sessions.",
    request: { params: Type.Object({ operatorId: Id }) },
    response: Type.Object({ newPassword: Type.String() }, closed),
    errors: ["notFound"],
  }),
} as const;
