import type { InputOf, OutputOf, Routes } from "@cordboard/api";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useApi } from "../../app/session-context.tsx";
import { demand } from "../../app/use-api-query.ts";

export type AuditFilter = Omit<NonNullable<InputOf<Routes["audit.list"]>["query"]>, "limit" | "before">;

/** The changes that were made, the newest first, a page at a time. */
export function useAudit(filter: AuditFilter) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ["audit.list", filter],
    initialPageParam: null,
    queryFn: async ({ pageParam }: { pageParam: string | null }): Promise<OutputOf<Routes["audit.list"]>> =>
      demand(await api.call("audit.list", { query: { ...filter, ...(pageParam !== null && { before: pageParam }) } })),
    getNextPageParam: (page) => page.next,
  });
}
