import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";

/** The everyday settings of all flows, with what holds now; read again every minute, because a colleague may have changed one. */
export function useEveryday() {
  return useApiQuery("everyday.list", {}, { everyMs: 60_000 });
}

export function useEverydayChange() {
  return useApiChange("everyday.change", { refreshes: ["everyday.list", "everyday.history"] });
}

export function useEverydayHistory(params: { flowId: string; nodeId: string; setting: string }) {
  return useApiQuery("everyday.history", { params });
}
