import type { Handlers } from "../http/handlers.ts";
import type { Schedules } from "./service.ts";

type ScheduleRoute = Extract<keyof Handlers, `schedules.${string}`>;

export const scheduleHandlers = (schedules: Schedules): Pick<Handlers, ScheduleRoute> => ({
  "schedules.list": async ({ scope }) => ({ items: await schedules.list(scope) }),
  "schedules.get": ({ scope, input }) => schedules.get(scope, input.params.scheduleId),
  "schedules.create": ({ scope, input }) => schedules.create(scope, input.body),
  "schedules.change": ({ scope, input: { params, body } }) => {
    const { rev, ...fields } = body;
    return schedules.change(scope, params.scheduleId, rev, fields);
  },
  "schedules.delete": async ({ scope, input }) => {
    await schedules.remove(scope, input.params.scheduleId);
    return undefined;
  },
  "schedules.force": ({ scope, input: { params, body } }) => schedules.force(scope, params.scheduleId, body.forced),
});
