import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions, userRoles } from "../roles.ts";
import { Email, ExternalId, Id, Name, NewPassword, Rev, ScreenLanguage } from "../schemas.ts";
import { crudRoutes } from "./crud-routes.ts";
import { TelephoneCodeFacts } from "./session.ts";

const closed = { additionalProperties: false } as const;

/** Who works on the company's flows and settings. */
const fields = {
  email: Email,
  name: Name,
  role: Type.Enum(userRoles),
  language: ScreenLanguage,
  enabled: Type.Boolean({ default: true }),
};

/** Left out of a request it stays as it is. */
const linked = {
  /** What the company's identity provider calls them; null: they have not signed in by it. */
  externalId: Type.Union([ExternalId, Type.Null()]),
  /** Of a supervisor: the queues that they are limited to; null: none, they supervise the whole company. Of every other role it is null. */
  queueIds: Type.Union([Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true }), Type.Null()]),
};
const optionallyLinked = Type.Partial(Type.Object(linked)).properties;

/** On a change `password` is left out to keep the one there is; a new one ends the user's sessions. */
export const UserFields = Type.Object({ ...fields, ...optionallyLinked, password: Type.Optional(NewPassword) }, closed);
export type UserFields = Static<typeof UserFields>;
/** Without a password one is made, and shown in the answer: this once. */
const NewUser = Type.Object({ ...fields, ...optionallyLinked, password: Type.Optional(NewPassword) }, closed);
export const User = Type.Object({ userId: Id, rev: Rev, ...fields, ...linked }, { ...closed, title: "User" });
export type User = Static<typeof User>;

const NewUserAnswer = Type.Object(
  { ...User.properties, newPassword: Type.Union([Type.String(), Type.Null()]) },
  { ...closed, title: "NewUser" },
);

const crud = crudRoutes({
  name: "users",
  resource: "users",
  path: "/api/users",
  key: "userId",
  id: Id,
  item: User,
  fields: UserFields,
  singular: "user",
  plural: "users",
  errors: ["alreadyExists", "weakPassword", "lastAdmin", "notFound"],
  deleteErrors: ["lastAdmin"],
});

export const userRoutes = {
  "users.list": crud.list,
  "users.get": crud.get,
  "users.create": { ...crud.create, request: { body: NewUser }, response: NewUserAnswer },
  "users.change": crud.change,
  "users.delete": crud.delete,
  "users.newPassword": defineRoute({
    id: "users.newPassword",
    method: "POST",
    path: "/api/users/:userId/password",
    roles: permissions.users.write,
    summary: "Gives the user a new password, shown in the answer this once; ends their sessions.",
    request: { params: Type.Object({ userId: Id }) },
    response: Type.Object({ newPassword: Type.String() }, closed),
    errors: ["notFound"],
  }),
  "users.telephoneCode": defineRoute({
    id: "users.telephoneCode",
    method: "GET",
    path: "/api/users/:userId/telephone-code",
    roles: permissions.users.read,
    summary: "When the user’s telephone code was made; null: they have none. The code itself is nowhere.",
    request: { params: Type.Object({ userId: Id }) },
    response: TelephoneCodeFacts,
    errors: ["notFound"],
  }),
  "users.removeTelephoneCode": defineRoute({
    id: "users.removeTelephoneCode",
    method: "DELETE",
    path: "/api/users/:userId/telephone-code",
    roles: permissions.users.write,
    summary: "Takes the user’s telephone code away.",
    request: { params: Type.Object({ userId: Id }) },
    response: null,
    errors: ["notFound"],
  }),
} as const;
