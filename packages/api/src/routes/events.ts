/** What happens, as a stream: for programs that follow a company. */
import { Type } from "typebox";
import { defineRoute } from "../define-route.ts";
import { permissions } from "../roles.ts";

const closed = { additionalProperties: false } as const;
export const eventRoutes = {
  "events.stream": defineRoute({
    id: "events.stream",
    scope: "any",
    method: "GET",
    path: "/api/events",
    roles: permissions.calls.read,
    summary:
      "What happens, as server-sent events, in order and at least once; `Last-Event-ID` goes on where one was, within seven days.",
    request: {
      query: Type.Object(
        {
          /** Types, with commas between them; absent: every one that the key may be told of. */
          types: Type.Optional(Type.String({ pattern: "^[a-zA-Z.]{1,40}(,[a-zA-Z.]{1,40}){0,30}$" })),
          /** In place of the header; 0: everything that is kept. Without either: what happens from now on. */
          lastEventId: Type.Optional(Type.String({ pattern: "^\\d{1,15}$" })),
        },
        closed,
      ),
    },
    response: "events",
    errors: ["scopeMissing"],
  }),
} as const;
