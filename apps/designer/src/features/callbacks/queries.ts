import type { InputOf, OutputOf, Routes } from "@cordboard/api";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useApi } from "../../app/session-context.tsx";
import { demand, useApiChange } from "../../app/use-api-query.ts";

type Filter = Pick<NonNullable<InputOf<Routes["callbacks.list"]>["query"]>, "queueId" | "open">;

/** The promised callbacks, the newest first, a page at a time; again every few seconds, for operators make them meanwhile. */
export function useCallbacks(filter: Filter) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ["callbacks.list", filter],
    initialPageParam: null,
    refetchInterval: 4_000,
    queryFn: async ({ pageParam }: { pageParam: string | null }): Promise<OutputOf<Routes["callbacks.list"]>> =>
      demand(
        await api.call("callbacks.list", { query: { ...filter, ...(pageParam !== null && { before: pageParam }) } }),
      ),
    getNextPageParam: (page) => page.next,
  });
}

/** What one does with a promised callback; each works at once. */
export function useCallbackChanges() {
  const refreshes = ["callbacks.list"] as const;
  return {
    change: useApiChange("callbacks.change", { refreshes }),
    callNow: useApiChange("callbacks.callNow", { refreshes }),
    cancel: useApiChange("callbacks.cancel", { refreshes }),
  };
}
