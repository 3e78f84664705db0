import type { Queue, QueueFields } from "@cordboard/api";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import type { Resource } from "../listing/index.ts";

/** The queues: what the page reads and changes. */
export function useQueues(): Resource<Queue, QueueFields> {
  const list = useApiQuery("queues.list", {});
  const create = useApiChange("queues.create", { refreshes });
  const change = useApiChange("queues.change", { refreshes });
  const remove = useApiChange("queues.delete", { refreshes });
  return {
    list,
    idOf: (item) => item.queueId,
    fieldsOf,
    create: (fields) => create.run({ body: fields }),
    change: (item, fields) => change.run({ params: { queueId: item.queueId }, body: { ...fields, rev: item.rev } }),
    remove: (item) => remove.run({ params: { queueId: item.queueId } }),
    bringBack: (item) => create.run({ body: fieldsOf(item) }),
  };
}

const refreshes = ["queues.list"] as const;

function fieldsOf({ queueId: _, rev: _rev, ...fields }: Queue): QueueFields {
  return fields;
}
