/** The operator's browser as their telephone: it registers with jambonz' border controller as a SIP user of its own. */
import { type Static, Type } from "typebox";
import { AgentView } from "../agent-view.ts";
import { defineRoute } from "../define-route.ts";
import { DurationMs } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const operator = ["operator"] as const;

/** A name that a browser gave itself and keeps: says which of an operator's browsers rings, and is no secret. */
const BrowserId = Type.String({ pattern: "^[A-Za-z0-9_-]{16,64}$" });

/** With which a browser registers. Never to be kept: a newer one is asked for in time. */
export const SoftphoneKey = Type.Object(
  {
    /** WebSocket address of the border controller. */
    address: Type.String(),
    realm: Type.String(),
    user: Type.String(),
    password: Type.String(),
    renewAfterMs: DurationMs,
  },
  { ...closed, title: "SoftphoneKey" },
);
export type SoftphoneKey = Static<typeof SoftphoneKey>;

/** SIP header of what rings an operator's telephone: the id of the call. */
export const softphoneCallHeader = "X-Cordboard-Call";

export const softphoneRoutes = {
  "desk.chooseSoftphone": defineRoute({
    id: "desk.chooseSoftphone",
    method: "PUT",
    path: "/api/desk/telephone/softphone",
    roles: operator,
    summary: "Has the operator’s calls ring in this browser from now on, and in no other one.",
    request: { body: Type.Object({ browserId: BrowserId }, closed) },
    response: Type.Object({ view: AgentView }, closed),
    errors: [
      "softphoneOff",
      "notInShift",
      "notNow",
      "telephoneTaken",
      "telephoneUnknown",
      "alreadyExists",
      "callCentreUnavailable",
    ],
  }),
  "desk.softphoneKey": defineRoute({
    id: "desk.softphoneKey",
    method: "POST",
    path: "/api/desk/telephone/softphone/key",
    roles: operator,
    summary: "A password of short life with which this browser registers, as long as the operator’s calls ring in it.",
    request: { body: Type.Object({ browserId: BrowserId }, closed) },
    response: SoftphoneKey,
    errors: ["softphoneOff", "softphoneElsewhere", "callCentreUnavailable"],
  }),
} as const;
