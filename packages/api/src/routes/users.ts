import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions, userRoles } from "../roles.ts";
import { Email, Id, Name, NewPassword, Rev, ScreenLanguage } from "../schemas.ts";
import { crudRoutes } from "./crud-routes.ts";

const closed = { additionalProperties: false } as const;

/** Who works on the company's flows and settings. */
const fields = {
  email: Email,
  name: Name,
  role: Type.Enum(userRoles),
  language: ScreenLanguage,
  enabled: Type.Boolean({ default: true }),
};

/** On a change `password` is left out to keep the one there is; a new one ends the user's sessions. */
export const UserFields = Type.Object({ ...fields, password: Type.Optional(NewPassword) }, closed);
export type UserFields = Static<typeof UserFields>;
/** Without a password one is made, and shown in the answer: this once. */
const NewUser = Type.Object({ ...fields, password: Type.Optional(NewPassword) }, closed);
export const User = Type.Object({ userId: Id, rev: Rev, ...fields }, { ...closed, title: "User" });
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
  errors: ["alreadyExists", "weakPassword", "lastAdmin"],
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
} as const;
