/** What a program does with a call while an operator talks in it: as the operator would from their agent. */
import { type Static, Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import type { ErrorCode } from "../errors/index.ts";
import { permissions } from "../roles.ts";
import { Id } from "../schemas.ts";
import { PassOnTarget } from "./desk.ts";

const closed = { additionalProperties: false } as const;

/** A conversation that goes on, and its operator. */
export const CallInHand = Type.Object(
  {
    callId: Id,
    operatorId: Id,
    operatorName: Type.String(),
    /** The caller hears music. */
    held: Type.Boolean(),
    /** The operator is not heard. */
    muted: Type.Boolean(),
    /** Null: it is not recorded, and may not be. `off`: it may be begun. */
    recording: Type.Union([Type.Enum(["on", "paused", "off"]), Type.Null()]),
  },
  { ...closed, title: "CallInHand" },
);
export type CallInHand = Static<typeof CallInHand>;

const params = Type.Object({ callId: Id });
const mayWrite = { roles: permissions.callControl.write } as const;
const refusals: ErrorCode[] = ["notFound", "callIsOver", "callNotTalking", "callCentreUnavailable"];

export const callControlRoutes = {
  "callControl.get": defineRoute({
    id: "callControl.get",
    method: "GET",
    path: "/api/calls/:callId/control",
    roles: permissions.callControl.read,
    summary: "How the conversation of a call stands: whose it is, on hold, muted, recorded.",
    request: { params },
    response: CallInHand,
    errors: refusals,
  }),
  "callControl.hangUp": defineRoute({
    id: "callControl.hangUp",
    method: "POST",
    path: "/api/calls/:callId/control/hang-up",
    ...mayWrite,
    summary: "Hangs up the call that an operator talks on, or that they place and nobody has answered yet.",
    request: { params },
    response: null,
    errors: refusals,
  }),
  "callControl.hold": defineRoute({
    id: "callControl.hold",
    method: "PUT",
    path: "/api/calls/:callId/control/hold",
    ...mayWrite,
    summary: "Puts the other side of a conversation on hold, where they hear music, or takes them back.",
    request: { params, body: Type.Object({ held: Type.Boolean() }, closed) },
    response: CallInHand,
    errors: refusals,
  }),
  "callControl.mute": defineRoute({
    id: "callControl.mute",
    method: "PUT",
    path: "/api/calls/:callId/control/mute",
    ...mayWrite,
    summary: "Silences the operator of a conversation, or lets them be heard again.",
    request: { params, body: Type.Object({ muted: Type.Boolean() }, closed) },
    response: CallInHand,
    errors: refusals,
  }),
  "callControl.passOn": defineRoute({
    id: "callControl.passOn",
    method: "POST",
    path: "/api/calls/:callId/control/pass-on",
    ...mayWrite,
    summary:
      "Passes the other side of a conversation on to an operator, a queue, a flow, a number or the switchboard. Where nobody takes them, they come back.",
    request: { params, body: Type.Object({ to: PassOnTarget }, closed) },
    response: null,
    errors: [...refusals, "operatorNotFree", "noSwitchboard", "numberNotRung"],
  }),
  "callControl.pressKeys": defineRoute({
    id: "callControl.pressKeys",
    method: "POST",
    path: "/api/calls/:callId/control/keys",
    ...mayWrite,
    summary: "Sends keys, one after the other, to whatever answers at the other end of a conversation.",
    request: {
      params,
      body: Type.Object({ keys: Type.String({ pattern: "^[0-9*#]{1,32}$", examples: ["12#"] }) }, closed),
    },
    response: null,
    errors: refusals,
  }),
  "callControl.record": defineRoute({
    id: "callControl.record",
    method: "PUT",
    path: "/api/calls/:callId/control/recording",
    ...mayWrite,
    summary: "Begins, pauses or goes on with the recording of a conversation, where its queue lets its operator do so.",
    request: { params, body: Type.Object({ wish: Type.Enum(["start", "pause", "resume"]) }, closed) },
    response: CallInHand,
    errors: [...refusals, "callNotRecorded"],
  }),
} as const;
