/** Signing in of users: designer, CLI, REST. Operators have `/api/desk`. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions, userRoles } from "../roles.ts";
import { CompanyCode, Email, Id, IsoTime, Name, NewPassword, Password, ScreenLanguage } from "../schemas.ts";
import { signInOutcomes, TicketBody } from "./sign-in.ts";

const closed = { additionalProperties: false } as const;

export const SignedInUser = Type.Object(
  {
    company: Type.Object({ companyId: Id, code: CompanyCode, name: Name }, closed),
    user: Type.Object({ userId: Id, email: Email, name: Name, language: ScreenLanguage }, closed),
    role: Type.Enum(userRoles),
    /** The queues that a supervisor is limited to; null: they see the whole company. */
    queueIds: Type.Union([Type.Array(Id), Type.Null()]),
  },
  { ...closed, title: "SignedInUser" },
);
export type SignedInUser = Static<typeof SignedInUser>;

export const TelephoneCodeFacts = Type.Object(
  { madeAt: Type.Union([IsoTime, Type.Null()]) },
  { ...closed, title: "TelephoneCodeFacts" },
);

export const sessionRoutes = {
  "session.signIn": defineRoute({
    id: "session.signIn",
    method: "POST",
    path: "/api/session",
    roles: "anyone",
    summary: "Signs a user in. The session is a cookie; a program keeps and returns it.",
    request: {
      body: Type.Object(
        {
          company: Type.Optional(CompanyCode),
          email: Type.String({ minLength: 3, maxLength: 254 }),
          password: Password,
        },
        closed,
      ),
    },
    response: SignedInUser,
    errors: ["wrongCredentials", "tooManyAttempts", "companyNeeded", "tlsNeeded", "passwordsOff"],
  }),
  "session.redeem": defineRoute({
    id: "session.redeem",
    method: "POST",
    path: "/api/session/ticket",
    roles: "anyone",
    summary: "Ends a user’s sign-in by the company’s identity provider: begins the session, or says why not.",
    request: { body: Type.Object(TicketBody, closed) },
    response: SignedInUser,
    errors: [...signInOutcomes],
  }),
  "session.get": defineRoute({
    id: "session.get",
    method: "GET",
    path: "/api/session",
    roles: userRoles,
    summary: "Who is signed in here.",
    request: {},
    response: SignedInUser,
    errors: [],
  }),
  "session.signOut": defineRoute({
    id: "session.signOut",
    method: "DELETE",
    path: "/api/session",
    roles: userRoles,
    summary: "Ends this session.",
    request: {},
    response: null,
    audited: false,
    errors: [],
  }),
  "session.changePassword": defineRoute({
    id: "session.changePassword",
    method: "PUT",
    path: "/api/session/password",
    roles: userRoles,
    summary: "Gives oneself a new password; sessions elsewhere end.",
    request: { body: Type.Object({ current: Password, next: NewPassword }, closed) },
    response: null,
    errors: ["wrongCredentials", "tooManyAttempts", "weakPassword"],
  }),
  "session.telephoneCode": defineRoute({
    id: "session.telephoneCode",
    method: "GET",
    path: "/api/session/telephone-code",
    roles: permissions.schedules.write,
    summary:
      "When one’s own telephone code was made, by which one opens or closes a centre by telephone; null: there is none.",
    request: {},
    response: TelephoneCodeFacts,
    errors: ["notFound"],
  }),
  "session.makeTelephoneCode": defineRoute({
    id: "session.makeTelephoneCode",
    method: "POST",
    path: "/api/session/telephone-code",
    roles: permissions.schedules.write,
    summary: "Draws oneself a new telephone code, shown in the answer this once; the one before counts no more.",
    request: {},
    response: Type.Object({ code: Type.String({ pattern: "^\\d{8}$" }) }, closed),
    errors: ["notFound"],
  }),
  "session.removeTelephoneCode": defineRoute({
    id: "session.removeTelephoneCode",
    method: "DELETE",
    path: "/api/session/telephone-code",
    roles: permissions.schedules.write,
    summary: "Takes one’s own telephone code away.",
    request: {},
    response: null,
    errors: ["notFound"],
  }),
} as const;
