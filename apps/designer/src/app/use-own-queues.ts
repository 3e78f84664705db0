import type { OutputOf, Routes } from "@cordboard/api";
import { useSignedIn } from "./session-context.tsx";
import { useApiQuery } from "./use-api-query.ts";

type Queue = OutputOf<Routes["queues.list"]>["items"][number];

/**
 * The queues that a page can be narrowed to: of a supervisor of some queues these alone, for what is asked of others is refused to them. Empty
 * until they are there.
 */
export function useOwnQueues({ enabled = true }: { readonly enabled?: boolean } = {}): readonly Queue[] {
  const { queueIds } = useSignedIn();
  const all = useApiQuery("queues.list", {}, { enabled });
  return (all.data?.items ?? []).filter(({ queueId }) => queueIds?.includes(queueId) ?? true);
}

/** The operators whose figures are shown to who is signed in: of a supervisor of some queues, those who serve one of them. */
export function useOwnOperators({ enabled = true }: { readonly enabled?: boolean } = {}) {
  const { queueIds } = useSignedIn();
  const queues = useOwnQueues({ enabled });
  const all = useApiQuery("operators.list", {}, { enabled });
  const serving = new Set(queues.flatMap(({ operatorIds }) => operatorIds));
  return (all.data?.items ?? []).filter(({ operatorId }) => queueIds === null || serving.has(operatorId));
}
