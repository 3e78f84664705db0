import type { LibraryPrompt, LibraryPromptFields, OutputOf, Routes } from "@cordboard/api";
import { useMemo } from "react";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import type { Resource } from "../listing/index.ts";

type PromptUse = OutputOf<Routes["prompts.uses"]>["items"][number]["uses"][number];

/** The company's prompts. One with recordings is not brought back by creating it again, so deleting it asks first. */
export function usePrompts(): Resource<LibraryPrompt, LibraryPromptFields> {
  const list = useApiQuery("prompts.list", {});
  const create = useApiChange("prompts.create", { refreshes });
  const change = useApiChange("prompts.change", { refreshes });
  const remove = useApiChange("prompts.delete", { refreshes });
  return {
    list,
    idOf: (item) => item.promptId,
    fieldsOf: ({ name, texts, replaces }) => ({ name, texts, replaces }),
    create: (fields) => create.run({ body: said(fields) }),
    change: (item, fields) =>
      change.run({ params: { promptId: item.promptId }, body: { ...said(fields), rev: item.rev } }),
    remove: (item) => remove.run({ params: { promptId: item.promptId } }),
  };
}

/** Recordings of a prompt: sent and taken away at once. */
export function useRecordings() {
  return {
    upload: useApiChange("prompts.upload", { refreshes }),
    remove: useApiChange("prompts.removeAudio", { refreshes }),
    confirm: useApiChange("prompts.confirmAudio", { refreshes }),
  };
}

const refreshes = ["prompts.list", "prompts.builtIn"] as const;

/** A language in which nothing is written has no text. */
function said(fields: LibraryPromptFields): LibraryPromptFields {
  return {
    ...fields,
    texts: Object.fromEntries(Object.entries(fields.texts).filter(([, text]) => text.trim() !== "")),
  };
}

/** What ships with the product and can be replaced: announcements, and the pieces that numbers and dates are said with. */
export function useAnnouncements() {
  const builtIn = useApiQuery("prompts.builtIn", {});
  const pieces = useApiQuery("prompts.pieces", {});
  return [...(builtIn.data?.items ?? []), ...(pieces.data?.items ?? [])];
}

/** Where the company's prompts are used, by prompt; null while that is not known, and for who supervises some queues only. */
export function usePromptUses(): ReadonlyMap<string, readonly PromptUse[]> | null {
  const { queueIds } = useSignedIn();
  const { data } = useApiQuery("prompts.uses", {}, { enabled: queueIds === null });
  return useMemo(() => data && new Map(data.items.map(({ promptId, uses }) => [promptId, uses])), [data]) ?? null;
}
