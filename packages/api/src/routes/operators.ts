import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { Email, ExternalId, Id, IsoTime, Name, NewPassword, OperatorCode, Rev, ScreenLanguage } from "../schemas.ts";
import { crudRoutes } from "./crud-routes.ts";
import { KnownSkill, NotAskedReason } from "./distribution.ts";

const closed = { additionalProperties: false } as const;

/** Who answers calls. Which queues an operator may serve is said by the queues. */
const fields = {
  code: OperatorCode,
  name: Name,
  language: ScreenLanguage,
  /** False: may not sign in; a shift that is open goes on until it ends. */
  enabled: Type.Boolean({ default: true }),
};

/** What of an operator may be left out of a request: it stays as it is. */
const rules = {
  /** What they know of the company's skills; what is not named they do not know. */
  skills: Type.Array(KnownSkill, { maxItems: 100 }),
  /** Their offers are accepted by themselves this long after the agent has shown them; null: as the queue says. */
  autoAcceptMs: Type.Union([Type.Integer({ minimum: 1_000, maximum: 60_000 }), Type.Null()]),
  /** By which the company's identity provider says who they are; they are never written to. */
  email: Type.Union([Email, Type.Null()]),
  /** What it calls them; null: they have not signed in by it. */
  externalId: Type.Union([ExternalId, Type.Null()]),
};
const optionalRules = Type.Partial(Type.Object(rules)).properties;

/** On a change `password` is left out to keep the one there is. */
export const OperatorFields = Type.Object(
  { ...fields, ...optionalRules, password: Type.Optional(NewPassword) },
  closed,
);
export type OperatorFields = Static<typeof OperatorFields>;
/** Without a password one is made, and shown in the answer: this once. */
const NewOperator = Type.Object({ ...fields, ...optionalRules, password: Type.Optional(NewPassword) }, closed);
export const Operator = Type.Object(
  { operatorId: Id, rev: Rev, ...fields, ...rules },
  { ...closed, title: "Operator" },
);
export type Operator = Static<typeof Operator>;

const NewOperatorAnswer = Type.Object(
  { ...Operator.properties, newPassword: Type.Union([Type.String(), Type.Null()]) },
  { ...closed, title: "NewOperator" },
);

/** An offer as it concerns one operator: one that was made to them, or one for which they were passed by. */
export const OperatorOffer = Type.Object(
  {
    offerId: Type.String(),
    callId: Type.String(),
    queue: Type.Object({ queueId: Type.String(), name: Type.String() }, closed),
    offeredAt: IsoTime,
    /** Who was asked: this operator, or another one. */
    operator: Type.Object({ operatorId: Type.String(), name: Type.String() }, closed),
    asked: Type.Boolean(),
    /** Null: it is on the screen still. */
    end: Type.Union([Type.Enum(["accepted", "refused", "expired", "withdrawn"]), Type.Null()]),
    /** Why this operator was asked (`OfferReasons.first`), when they were. */
    first: Type.Union([Type.String(), Type.Null()]),
    /** Why they were not; null: they were asked, or others were before them in the order. */
    reason: Type.Union([NotAskedReason, Type.Null()]),
    /** How many were before them in the order. */
    before: Type.Integer({ minimum: 0 }),
  },
  { ...closed, title: "OperatorOffer" },
);
export type OperatorOffer = Static<typeof OperatorOffer>;

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
  "operators.offers": defineRoute({
    id: "operators.offers",
    method: "GET",
    path: "/api/operators/:operatorId/offers",
    roles: permissions.calls.read,
    scope: "calls:read",
    summary:
      "The last offers, up to 50, that were made to the operator or passed them by, the newest first, with the reason.",
    request: { params: Type.Object({ operatorId: Id }) },
    response: Type.Object({ items: Type.Array(OperatorOffer) }, closed),
    errors: ["notFound"],
  }),
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
