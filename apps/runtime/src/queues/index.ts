export { prepareQueues, standardCallbacks } from "./model.ts";
export { queueHandlers } from "./routes.ts";
export { centreQueue, createQueues, type Queues } from "./service.ts";
