import type { Handlers } from "../http/handlers.ts";
import type { Everyday } from "./service.ts";

type EverydayRoute = Extract<keyof Handlers, `everyday.${string}`>;

export const everydayHandlers = (everyday: Everyday): Pick<Handlers, EverydayRoute> => ({
  "everyday.list": async ({ scope }) => ({ items: await everyday.list(scope) }),
  "everyday.change": ({ scope, input: { params, body } }) => everyday.change(scope, params.flowId, body),
  "everyday.asRun": ({ scope, input: { params } }) => everyday.asRun(scope, params),
  "everyday.history": async ({ scope, input: { params } }) => ({ items: await everyday.history(scope, params) }),
});
