import type { Handlers } from "../http/handlers.ts";
import type { Queues } from "./service.ts";

type QueueRoute = `queues.${"list" | "get" | "create" | "change" | "delete"}`;

export const queueHandlers = (queues: Queues): Pick<Handlers, QueueRoute> => ({
  "queues.list": async ({ scope }) => ({ items: await queues.list(scope) }),
  "queues.get": ({ scope, input }) => queues.get(scope, input.params.queueId),
  "queues.create": ({ scope, input }) => queues.create(scope, input.body),
  "queues.change": ({ scope, input: { params, body } }) => {
    const { rev, ...fields } = body;
    return queues.change(scope, params.queueId, rev, fields);
  },
  "queues.delete": async ({ scope, input }) => {
    await queues.remove(scope, input.params.queueId);
    return undefined;
  },
});
