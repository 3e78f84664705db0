import type { Handlers } from "../http/handlers.ts";
import type { CallRecords } from "./service.ts";

export const callRecordHandlers = (
  records: CallRecords,
): Pick<Handlers, "calls.list" | "calls.live" | "calls.get" | "operators.offers"> => ({
  "calls.list": ({ scope, input: { query } }) => records.list(scope, query),
  "calls.live": ({ scope }) => records.live(scope),
  "calls.get": ({ scope, input }) => records.get(scope, input.params.callId),
  "operators.offers": async ({ scope, input }) => ({
    items: await records.offersOf(scope, input.params.operatorId),
  }),
});
