export { examineQueues } from "./examine-queues.ts";
export { prepareQueues, standardCallbacks } from "./model.ts";
export { queueForDecisions } from "./queue-for-decisions.ts";
export { createQueueMusic, noQueueMusic } from "./queue-music.ts";
export { queueHandlers } from "./routes.ts";
export { createQueues, type Queues } from "./service.ts";
