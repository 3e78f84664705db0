/** Recorded conversations: heard by supervisors and administrators, each listening in the audit log. `calls.get` says which there are. */
import { Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";
import { Id, IsoTime } from "../schemas.ts";

const closed = { additionalProperties: false } as const;
const params = Type.Object({ recordingId: Id });

export const recordingRoutes = {
  "recordings.audio": defineRoute({
    id: "recordings.audio",
    method: "POST",
    path: "/api/recordings/:recordingId/audio",
    roles: permissions.recordings.read,
    summary:
      "Where a conversation can be heard for the next hour: the caller left, the operator right. Asking is in the audit log.",
    request: { params },
    response: Type.Object(
      { url: Type.String(), durationMs: Type.Integer({ minimum: 0 }), validUntil: IsoTime },
      closed,
    ),
    errors: ["notFound"],
  }),
  "recordings.delete": defineRoute({
    id: "recordings.delete",
    method: "DELETE",
    path: "/api/recordings/:recordingId",
    roles: permissions.recordings.write,
    summary: "Deletes the recording of a conversation, for good.",
    request: { params },
    response: null,
    errors: ["notFound"],
  }),
  "desk.recordTalk": defineRoute({
    id: "desk.recordTalk",
    method: "POST",
    path: "/api/desk/recording",
    roles: ["operator"],
    summary:
      "Begins, pauses or goes on with the recording of the operator's conversation. `refused`: the caller, or the queue, does not want it.",
    request: { body: Type.Object({ wish: Type.Enum(["start", "pause", "resume"]) }, closed) },
    response: Type.Object({ recording: Type.Enum(["on", "paused", "off", "refused"]) }, closed),
    errors: ["noConversation"],
  }),
} as const;
