import type { Handlers } from "../http/handlers.ts";
import type { Staffing } from "../staffing/index.ts";
import type { Live } from "./service.ts";

type LiveRoute = Extract<keyof Handlers, `live.${string}`>;

export const liveHandlers = (live: Live, staffing: Staffing): Pick<Handlers, LiveRoute> => ({
  "live.get": ({ scope }) => live.board(scope),
  "live.callers": async ({ scope, input }) => ({ items: await live.callers(scope, input.params.queueId) }),
  "live.congestion": ({ scope }) => staffing.congestion(scope),
  "live.force": ({ scope, input: { params, body } }) => live.force(scope, params.operatorId, body.to),
  "live.notice": ({ scope, input }) => live.notice(scope, input.body),
  "live.moveUp": async ({ scope, input }) => {
    await live.moveUp(scope, input.params.callId);
    return undefined;
  },
  "live.moveTo": async ({ scope, input: { params, body } }) => {
    await live.moveTo(scope, params.callId, body.queueId);
    return undefined;
  },
});
