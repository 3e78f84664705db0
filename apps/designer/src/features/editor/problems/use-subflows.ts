import type { ApiClient } from "@cordboard/api";
import { type FlowDocument, MAX_SUBFLOW_DEPTH, readFlow } from "@cordboard/flow-schema";
import { useQuery } from "@tanstack/react-query";
import { useStore } from "zustand";
import { useApi } from "../../../app/session-context.tsx";
import { referencesOf } from "../model/node-facts.ts";
import type { Editor } from "../store/create-editor.ts";

/** The flows that run inside a flow, and inside those, by their ids. */
export type Subflows = ReadonlyMap<string, FlowDocument>;

/** Reads the flows that run inside the one that is edited, for its checks; `null` while they are not there. Their drafts, where there are any. */
export function useSubflows(editor: Editor): Subflows | null {
  const api = useApi();
  const named = useStore(editor.store, ({ document }) => flowsIn(document).join(" "));
  const { data } = useQuery({
    queryKey: ["subflows", named],
    enabled: named !== "",
    staleTime: 30_000,
    queryFn: () => readAll(api, named.split(" ")),
  });
  return data ?? null;
}

function flowsIn(document: FlowDocument): readonly string[] {
  const ids = document.nodes.flatMap((node) =>
    referencesOf(node).flatMap(({ kind, id }) => (kind === "flow" ? [id] : [])),
  );
  return [...new Set(ids)].sort();
}

async function readAll(api: ApiClient, wanted: readonly string[]): Promise<Subflows> {
  const found = new Map<string, FlowDocument>();
  let level = wanted;
  for (let depth = 0; depth < MAX_SUBFLOW_DEPTH && level.length > 0; depth++) {
    const documents = await Promise.all(level.map((flowId) => readSubflow(api, flowId)));
    documents.forEach((document, at) => {
      if (document) found.set(level[at] ?? "", document);
    });
    level = [...new Set(documents.flatMap((document) => (document ? flowsIn(document) : [])))].filter(
      (flowId) => !found.has(flowId),
    );
  }
  return found;
}

/** A flow as its authors have it: its draft, or what is published of it; `null` where there is none that can be read. */
export async function readSubflow(api: ApiClient, flowId: string): Promise<FlowDocument | null> {
  const flow = await api.call("flows.get", { params: { flowId } });
  if (flow.ok && flow.value.draft) {
    const draft = await api.call("flows.getDraft", { params: { flowId } });
    return draft.ok ? parsed(draft.value.document) : null;
  }
  const versionId = flow.ok ? flow.value.published?.versionId : undefined;
  if (versionId === undefined) return null;
  const version = await api.call("flows.getVersion", { params: { flowId, versionId } });
  return version.ok ? parsed(version.value.document) : null;
}

function parsed(document: unknown): FlowDocument | null {
  const read = readFlow(document);
  return read.ok ? read.document : null;
}
