import { type DataSort, readSort, writeSort } from "@cordboard/ui/pages";
import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

/**
 * What a list is narrowed and sorted by, in the address bar, so that a list can be sent to a colleague and is there again on the way
 * back. `set` leaves out what is empty; `query` is all of it, for links that keep it.
 */
export function useListAddress() {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (changes: Readonly<Record<string, string | null>>) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value === null || value === "") next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  const sort = useMemo(() => readSort(params.get("sort")), [params]);
  const written = params.toString();
  return {
    get: (name: string) => params.get(name) ?? "",
    set,
    search: params.get("q") ?? "",
    setSearch: (search: string) => set({ q: search, page: null }),
    sort,
    setSort: (next: DataSort | null) => set({ sort: writeSort(next), page: null }),
    page: Math.max(1, Number.parseInt(params.get("page") ?? "", 10) || 1),
    setPage: (page: number) => set({ page: page > 1 ? String(page) : null }),
    query: written === "" ? "" : `?${written}`,
  };
}
