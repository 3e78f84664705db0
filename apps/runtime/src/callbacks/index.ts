export { createCallBack } from "./call-back.ts";
export { createPromiseFor } from "./promise-for.ts";
export { callbackHandlers } from "./routes.ts";
export { type Callbacks, createCallbacks } from "./service.ts";
export { type CallbackTimes, createCallbackTimes } from "./times.ts";
