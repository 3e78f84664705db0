export { liveHandlers } from "./routes.ts";
export { createLive } from "./service.ts";
export { operatorState, queueState } from "./wire.ts";
