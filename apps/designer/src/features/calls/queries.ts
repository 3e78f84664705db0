import type { CallResult, CallSummary, InputOf, OutputOf, Routes, ScreenLanguage } from "@cordboard/api";
import { type CallNames, loadCallNames } from "@cordboard/api/trace-words";
import { useUiLanguage } from "@cordboard/ui";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useApi } from "../../app/session-context.tsx";
import { demand, useApiQuery } from "../../app/use-api-query.ts";

export type CallFilter = Omit<NonNullable<InputOf<Routes["calls.list"]>["query"]>, "limit" | "before">;

/** What became of a call, in one word, in the order of the choice. */
export const callResults: readonly CallResult[] = [
  "answered",
  "transferred",
  "callback",
  "voicemail",
  "abandoned",
  "shortAbandoned",
  "left",
  "failed",
  "notServed",
  "unreached",
  "lost",
  "hungUp",
  "finished",
];

/** The company's words for what came of a call, for a choice. */
export function useOutcomes(): readonly { readonly value: string; readonly label: string }[] {
  const language = useUiLanguage();
  const company = useApiQuery("company.get", {});
  return (company.data?.outcomes ?? []).map(({ code, name }) => ({ value: code, label: name[language] }));
}

/** The calls, the newest first, a page at a time. */
export function useCalls(filter: CallFilter, everyMs = 30_000) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ["calls.list", filter],
    initialPageParam: null,
    refetchInterval: everyMs,
    queryFn: async ({ pageParam }: { pageParam: string | null }): Promise<OutputOf<Routes["calls.list"]>> =>
      demand(
        await api.call("calls.list", {
          query: { ...filter, limit: 50, ...(pageParam !== null && { before: pageParam }) },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });
}

/** One call with every step of it, and the names of what its steps mention; again every few seconds while it runs. */
export function useCallTrace(callId: string, language: ScreenLanguage) {
  const api = useApi();
  return useQuery({
    queryKey: ["calls.trace", callId, language],
    refetchInterval: ({ state }) => (state.data !== undefined && state.data.call.endedAt === null ? 3_000 : false),
    queryFn: async (): Promise<OutputOf<Routes["calls.trace"]> & { names: CallNames }> => {
      const trace = demand(await api.call("calls.trace", { params: { callId } }));
      return { ...trace, names: await loadCallNames(api, trace.call, language) };
    },
  });
}

/** Of whom a call's list speaks, in a sentence's length. */
export function peopleOf({ operators, queues }: Pick<CallSummary, "operators" | "queues">): string {
  return [...queues.map(({ name }) => name), ...operators.map(({ name }) => name)].join(" · ");
}
