import type { InputOf, OutputOf, Routes, VoicemailBox, VoicemailBoxFields, VoicemailMessage } from "@cordboard/api";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useApi } from "../../app/session-context.tsx";
import { demand, useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import type { Resource } from "../listing/index.ts";

/** The voicemail boxes: what the page reads and changes. */
export function useBoxes(): Resource<VoicemailBox, VoicemailBoxFields> {
  const refreshes = ["voicemailBoxes.list"] as const;
  const list = useApiQuery("voicemailBoxes.list", {});
  const create = useApiChange("voicemailBoxes.create", { refreshes });
  const change = useApiChange("voicemailBoxes.change", { refreshes });
  const remove = useApiChange("voicemailBoxes.delete", { refreshes });
  return {
    list,
    idOf: (item) => item.boxId,
    fieldsOf,
    create: (fields) => create.run({ body: fields }),
    change: (item, fields) => change.run({ params: { boxId: item.boxId }, body: { ...fields, rev: item.rev } }),
    remove: (item) => remove.run({ params: { boxId: item.boxId } }),
    bringBack: (item) => create.run({ body: fieldsOf(item) }),
  };
}

/** What works at once on a box, and is not saved with its fields. */
export function useBoxTelephone() {
  const refreshes = ["voicemailBoxes.list"] as const;
  return {
    setCode: useApiChange("voicemailBoxes.setCode", { refreshes }),
    recordGreeting: useApiChange("voicemailBoxes.recordGreeting", { refreshes }),
    removeGreeting: useApiChange("voicemailBoxes.removeGreeting", { refreshes }),
  };
}

function fieldsOf({
  boxId: _,
  rev: _rev,
  greetings: _greetings,
  hasCode: _hasCode,
  ...fields
}: VoicemailBox): VoicemailBoxFields {
  return fields;
}

type Filter = Pick<InputOf<Routes["messages.list"]>["query"], "boxId" | "state">;

/** The messages, the newest first, a page at a time; again every half minute. */
export function useMessages(filter: Filter) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ["messages.list", filter],
    initialPageParam: null,
    refetchInterval: 30_000,
    queryFn: async ({ pageParam }: { pageParam: string | null }): Promise<OutputOf<Routes["messages.list"]>> =>
      demand(
        await api.call("messages.list", { query: { ...filter, ...(pageParam !== null && { before: pageParam }) } }),
      ),
    getNextPageParam: (page) => page.next,
  });
}

/** What one does with a message; each works at once. */
export function useMessageChanges() {
  const refreshes = ["messages.list"] as const;
  return {
    change: useApiChange("messages.change", { refreshes }),
    calledBack: useApiChange("messages.calledBack", { refreshes }),
    forward: useApiChange("messages.forward", { refreshes }),
    remove: useApiChange("messages.delete", { refreshes }),
    restore: useApiChange("messages.restore", { refreshes }),
  };
}

/** Where a message can be heard: asked when somebody wants to, for the address does not last. */
export function useMessageSound() {
  const api = useApi();
  return async ({ messageId }: Pick<VoicemailMessage, "messageId">) =>
    api.call("messages.audio", { params: { messageId } });
}
