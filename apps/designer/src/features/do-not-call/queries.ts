import type { OutputOf, Routes } from "@cordboard/api";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useApi } from "../../app/session-context.tsx";
import { demand, useApiChange } from "../../app/use-api-query.ts";

/** The numbers that nobody may dial, the newest first, a page at a time. */
export function useDoNotCall(number: string) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ["doNotCall.list", number],
    initialPageParam: null,
    queryFn: async ({ pageParam }: { pageParam: string | null }): Promise<OutputOf<Routes["doNotCall.list"]>> =>
      demand(
        await api.call("doNotCall.list", {
          query: { ...(number !== "" && { number }), ...(pageParam !== null && { before: pageParam }) },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
}

/** What one does with the list; each works at once. */
export function useDoNotCallChanges() {
  const refreshes = ["doNotCall.list"] as const;
  return {
    add: useApiChange("doNotCall.add", { refreshes }),
    remove: useApiChange("doNotCall.remove", { refreshes }),
  };
}
