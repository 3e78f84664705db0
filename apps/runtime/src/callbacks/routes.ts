import type { Scope } from "../access/index.ts";
import type { Handlers } from "../http/handlers.ts";
import type { CallBack } from "./call-back.ts";
import type { createPromiseFor } from "./promise-for.ts";
import type { Callbacks, CallbacksAsked } from "./service.ts";

type CallbackRoute = Extract<keyof Handlers, `${"callbacks" | "deskCallbacks"}.${string}` | "desk.callBack">;

export function callbackHandlers(given: {
  readonly callbacks: Callbacks;
  readonly callBack: CallBack;
  readonly promiseFor: ReturnType<typeof createPromiseFor>;
}): Pick<Handlers, CallbackRoute> {
  const { callbacks, callBack, promiseFor } = given;
  const list = (scope: Scope, query: Partial<CallbacksAsked>) =>
    callbacks.list(scope, { ...query, limit: query.limit ?? 50 });
  return {
    "callbacks.list": ({ scope, input }) => list(scope, input.query),
    "callbacks.create": ({ scope, input }) => promiseFor(scope, input.body),
    "callbacks.queueTimes": ({ scope, input }) => callbacks.queueTimes(scope, input.params.queueId),
    "callbacks.get": ({ scope, input }) => callbacks.get(scope, input.params.callbackId),
    "callbacks.change": ({ scope, input }) => callbacks.change(scope, input.params.callbackId, input.body),
    "callbacks.times": ({ scope, input }) => callbacks.times(scope, input.params.callbackId),
    "callbacks.callNow": ({ scope, input }) => callbacks.callNow(scope, input.params.callbackId),
    "callbacks.cancel": ({ scope, input }) => callbacks.cancel(scope, input.params.callbackId),
    "deskCallbacks.list": ({ scope, input }) => list(scope, input.query),
    "deskCallbacks.times": ({ scope, input }) => callbacks.times(scope, input.params.callbackId),
    "deskCallbacks.change": ({ scope, input }) => callbacks.change(scope, input.params.callbackId, input.body),
    "deskCallbacks.cancel": ({ scope, input }) => callbacks.cancel(scope, input.params.callbackId),
    "desk.callBack": async ({ scope, input }) => ({ view: await callBack(scope, input.body) }),
  };
}
