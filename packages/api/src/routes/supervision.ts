/** A supervisor in the conversation of an operator. Who listened, to whom, how and from when to when is in the audit log. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { SupervisionMode } from "../live.ts";
import { permissions } from "../roles.ts";
import { Id, IsoTime } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const nullable = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** How it stands with a supervisor who has asked to come into a conversation. */
export const Supervision = Type.Object(
  {
    supervisionId: Id,
    /** The call that is listened to, and its operator. */
    callId: Id,
    operatorId: Id,
    operatorName: Type.String(),
    mode: SupervisionMode,
    /** `ringing`: the supervisor's telephone. `over`: they have left, or the conversation is over. */
    state: Type.Enum(["ringing", "in", "over"]),
    /** When they came in; null: they have not, or never did. */
    since: nullable(IsoTime),
    /** Of one that is over before it began: how the telephone failed. */
    failed: nullable(Type.Enum(["busy", "silent", "unreachable"])),
  },
  { ...closed, title: "Supervision" },
);
export type Supervision = Static<typeof Supervision>;

const params = Type.Object({ supervisionId: Id });

/** Not for programs: that a person has listened must be known of a person. */
const byPeople = { roles: permissions.live.write, scope: "none" } as const;

export const supervisionRoutes = {
  "live.listen": defineRoute({
    id: "live.listen",
    method: "POST",
    path: "/api/live/operators/:operatorId/supervision",
    ...byPeople,
    summary:
      "Rings the supervisor’s telephone and has them listen to the operator’s conversation, whisper to the operator, or join the two.",
    request: {
      params: Type.Object({ operatorId: Id }),
      body: Type.Object(
        {
          mode: SupervisionMode,
          /** What rings: a telephone of the company, or a number in any form. */
          telephone: Type.Union([
            Type.Object({ kind: Type.Literal("telephone"), telephoneId: Id }, closed),
            Type.Object({ kind: Type.Literal("number"), number: Type.String({ minLength: 1, maxLength: 32 }) }, closed),
          ]),
        },
        closed,
      ),
    },
    response: Supervision,
    errors: [
      ...(["notFound", "listeningOff", "operatorNotTalking", "talkAtExchange"] as const),
      ...(["alreadyListening", "callCentreUnavailable"] as const),
      ...(["dialNotANumber", "dialEmergency", "dialPremium", "dialCountry"] as const),
    ],
  }),
  "live.listening": defineRoute({
    id: "live.listening",
    method: "GET",
    path: "/api/live/supervisions/:supervisionId",
    roles: permissions.live.read,
    scope: "none",
    summary: "How it stands with a supervisor who has asked to come into a conversation.",
    request: { params },
    response: Supervision,
    errors: ["notFound"],
  }),
  "live.listenAs": defineRoute({
    id: "live.listenAs",
    method: "PUT",
    path: "/api/live/supervisions/:supervisionId",
    ...byPeople,
    summary: "Changes how the supervisor is in the conversation: listening, whispering, or joined.",
    request: { params, body: Type.Object({ mode: SupervisionMode }, closed) },
    response: Supervision,
    errors: ["notFound", "notListening", "callCentreUnavailable"],
  }),
  "live.stopListening": defineRoute({
    id: "live.stopListening",
    method: "DELETE",
    path: "/api/live/supervisions/:supervisionId",
    ...byPeople,
    summary: "Ends the supervisor’s part: their telephone is hung up, and the two go on talking.",
    request: { params },
    response: null,
    errors: ["notFound", "callCentreUnavailable"],
  }),
} as const;
