import type { Handlers } from "../http/handlers.ts";
import type { Staffing } from "../staffing/index.ts";
import type { Live } from "./service.ts";
import type { Supervisions } from "./supervisions.ts";
import { wireByHand } from "./wire.ts";

type LiveRoute = Extract<keyof Handlers, `live.${string}`>;

export const liveHandlers = (
  live: Live,
  supervisions: Supervisions,
  staffing: Staffing,
): Pick<Handlers, LiveRoute> => ({
  "live.listen": ({ scope, input: { params, body } }) => supervisions.begin(scope, params.operatorId, body),
  "live.listening": ({ scope, input }) => supervisions.standing(scope, input.params.supervisionId),
  "live.listenAs": ({ scope, input: { params, body } }) => supervisions.change(scope, params.supervisionId, body.mode),
  "live.stopListening": async ({ scope, input }) => {
    await supervisions.end(scope, input.params.supervisionId);
    return undefined;
  },
  "live.get": ({ scope }) => live.board(scope),
  "live.callers": async ({ scope, input }) => ({ items: await live.callers(scope, input.params.queueId) }),
  "live.congestion": ({ scope }) => staffing.congestion(scope),
  "live.force": ({ scope, input: { params, body } }) => live.force(scope, params.operatorId, body.to),
  "live.open": async ({ scope, input: { params, body } }) => {
    const byHand = await live.open(scope, params.queueId, body);
    return { byHand: byHand && wireByHand(byHand) };
  },
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
