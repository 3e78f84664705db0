import type { Handlers } from "../http/handlers.ts";
import type { ScriptRuns } from "./service.ts";

export const scriptRunHandlers = (runs: ScriptRuns): Pick<Handlers, "desk.openScript" | "desk.tellScript"> => ({
  "desk.openScript": ({ scope, input: { params, body } }) => runs.open(scope, params.callId, body.contactId),
  "desk.tellScript": ({ scope, input: { params, body } }) => runs.tell(scope, { ...params, changes: body.changes }),
});
