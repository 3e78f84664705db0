import type { Handlers } from "../http/handlers.ts";
import type { CallRecords } from "./service.ts";

export const callRecordHandlers = (
  records: CallRecords,
): Pick<Handlers, "calls.list" | "calls.live" | "calls.get" | "calls.moveUp" | "operators.offers"> => ({
  "calls.list": ({ scope, input: { query } }) => records.list(scope, query),
  "calls.live": ({ scope }) => records.live(scope),
  "calls.get": ({ scope, input }) => records.get(scope, input.params.callId),
  "calls.moveUp": async ({ scope, input }) => {
    await records.moveUp(scope, input.params.callId);
    return undefined;
  },
  "operators.offers": async ({ scope, input }) => ({
    items: await records.offersOf(scope, input.params.operatorId),
  }),
});
