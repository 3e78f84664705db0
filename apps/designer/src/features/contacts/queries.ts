import type { InputOf, OutputOf, Routes } from "@cordboard/api";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useApi } from "../../app/session-context.tsx";
import { demand } from "../../app/use-api-query.ts";

export type ContactFilter = Pick<NonNullable<InputOf<Routes["contacts.list"]>["query"]>, "search" | "blocked" | "vip">;

/** The contacts by name, a page at a time: the server searches, however many there are. */
export function useContacts(filter: ContactFilter) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ["contacts.list", filter],
    initialPageParam: null,
    queryFn: async ({ pageParam }: { pageParam: string | null }): Promise<OutputOf<Routes["contacts.list"]>> =>
      demand(
        await api.call("contacts.list", {
          query: { ...filter, limit: 100, ...(pageParam !== null && { before: pageParam }) },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
}

/** The routes that a change of contacts makes stale. */
export const refreshes = ["contacts.list", "contacts.get"] as const;
