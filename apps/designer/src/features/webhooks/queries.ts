import type { InputOf, OutputOf, Routes, Webhook, WebhookFields } from "@cordboard/api";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useApi } from "../../app/session-context.tsx";
import { demand, useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import type { MadePassword, Resource } from "../listing/index.ts";

/** The webhooks: what the page reads and changes. A secret that was made is told once. */
export function useWebhooks(onSecret: (made: MadePassword) => void): Resource<Webhook, WebhookFields> {
  const list = useApiQuery("webhooks.list", {}, { everyMs: 5_000 });
  const create = useApiChange("webhooks.create", { refreshes });
  const change = useApiChange("webhooks.change", { refreshes });
  const remove = useApiChange("webhooks.delete", { refreshes });
  return {
    list,
    idOf: (item) => item.webhookId,
    fieldsOf,
    create: async (fields) => {
      const answer = await create.run({ body: fields });
      if (answer.ok) onSecret({ name: answer.value.name, password: answer.value.secret });
      return answer;
    },
    change: (item, fields) => change.run({ params: { webhookId: item.webhookId }, body: { ...fields, rev: item.rev } }),
    remove: (item) => remove.run({ params: { webhookId: item.webhookId } }),
  };
}

const refreshes = ["webhooks.list", "webhookDeliveries.list"] as const;

function fieldsOf({ name, url, events, enabled }: Webhook): WebhookFields {
  return { name, url, events, enabled };
}

export type DeliveryFilter = Omit<NonNullable<InputOf<Routes["webhookDeliveries.list"]>["query"]>, "limit" | "before">;
type Page = OutputOf<Routes["webhookDeliveries.list"]>;

/** What was sent, the newest first, a page at a time. */
export function useDeliveries(filter: DeliveryFilter) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ["webhookDeliveries.list", filter],
    initialPageParam: null,
    refetchInterval: 5_000,
    queryFn: async ({ pageParam }: { pageParam: string | null }): Promise<Page> =>
      demand(
        await api.call("webhookDeliveries.list", {
          query: { ...filter, ...(pageParam !== null && { before: pageParam }) },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
}
