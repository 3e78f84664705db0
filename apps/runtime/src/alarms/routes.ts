import type { Handlers } from "../http/handlers.ts";
import type { Alarms } from "./service.ts";

type AlarmRoute = Extract<keyof Handlers, `alarms.${string}`>;

export const alarmHandlers = (alarms: Alarms): Pick<Handlers, AlarmRoute> => ({
  "alarms.list": ({ scope, input }) => alarms.list(scope, input.query),
  "alarms.settings": ({ scope }) => alarms.settings(scope),
  "alarms.changeSettings": ({ scope, input: { body } }) => {
    const { rev, ...fields } = body;
    return alarms.change(scope, rev, fields);
  },
  "alarms.calls": ({ scope, input }) => alarms.calls(scope, input.query),
  "alarms.testCall": ({ scope, input }) => alarms.testCall(scope, input.body),
  "alarms.newSecret": async ({ scope }) => ({ secret: await alarms.newSecret(scope) }),
  "alarms.test": ({ scope }) => alarms.test(scope),
});
