import { type FlowDocument, readFlow } from "@cordboard/flow-schema";
import { EmptyState, Loading } from "@cordboard/ui";
import { useQuery } from "@tanstack/react-query";
import { FileWarning } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { QueryView } from "../../../app/query-view.tsx";
import { useApi } from "../../../app/session-context.tsx";
import { demand } from "../../../app/use-api-query.ts";
import { localDrafts } from "../draft/browser-drafts.ts";
import { useDraftPlace } from "../draft/use-draft-keeper.ts";
import { EditorWindow } from "./editor-window.tsx";

/** What is shown of a flow: its draft, what this browser kept of it, or a version that cannot be changed. */
interface Opened {
  readonly document: FlowDocument;
  /** Of the draft on the server; null: there is none. */
  readonly rev: number | null;
  /** The server's draft itself, or what is drawn on where there is none; null: not known. */
  readonly base: FlowDocument | null;
  readonly unsent: boolean;
  /** The number of the version that is looked at; null: the draft. */
  readonly version: number | null;
  /** A version that is to be drawn in place of it, as a step that can be taken back. */
  readonly restored: { readonly document: FlowDocument; readonly number: number } | null;
}

/** One flow on the canvas: its draft, or under `versions/<id>` a published version to look at. */
export function EditorPage() {
  const { flowId = "", versionId = null } = useParams();
  const { t } = useTranslation("editor");
  const api = useApi();
  const place = useDraftPlace(flowId);
  const [params, setParams] = useSearchParams();
  const restore = params.get("restore");
  const opened = useQuery({
    queryKey: ["editor", flowId, versionId],
    // What is edited here is not to be exchanged under its author's hands; it is read again when the page is opened again.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    queryFn: async (): Promise<Opened | null> => {
      if (versionId !== null) {
        const version = demand(await api.call("flows.getVersion", { params: { flowId, versionId } }));
        return parsed(version.document, { rev: null, unsent: false, version: version.number, restored: null });
      }
      const flow = demand(await api.call("flows.get", { params: { flowId } }));
      const wanted = restore && demand(await api.call("flows.getVersion", { params: { flowId, versionId: restore } }));
      const read = wanted ? readFlow(wanted.document) : null;
      const restored = wanted && read?.ok ? { document: read.document, number: wanted.number } : null;
      const draft = flow.draft && demand(await api.call("flows.getDraft", { params: { flowId } }));
      const kept = await localDrafts().take(place);
      // Drawn here and never sent: it goes on from there, and if somebody else saved meanwhile, that is said.
      if (kept)
        return {
          document: kept.document,
          rev: kept.rev,
          base: kept.base ?? null,
          unsent: true,
          version: null,
          restored,
        };
      if (draft) return parsed(draft.document, { rev: draft.rev, unsent: false, version: null, restored });
      const current = flow.published?.versionId;
      if (!current) return null;
      const version = demand(await api.call("flows.getVersion", { params: { flowId, versionId: current } }));
      return parsed(version.document, { rev: null, unsent: false, version: null, restored });
    },
  });
  if (opened.isFetching && opened.data === undefined) return <Loading />;
  return (
    <QueryView query={opened}>
      {(value) =>
        value === null ? (
          <EmptyState icon={FileWarning} heading title={t("unreadable")}>
            {t("unreadable.words")}
          </EmptyState>
        ) : (
          <EditorWindow
            key={`${flowId} ${versionId}`}
            flowId={flowId}
            {...value}
            node={params.get("node")}
            onRestored={() => setParams({}, { replace: true })}
          />
        )
      }
    </QueryView>
  );
}

/** `null` when the document cannot be drawn, which a server that checks nothing of drafts may hand out. */
function parsed(document: unknown, rest: Omit<Opened, "document" | "base">): Opened | null {
  const read = readFlow(document);
  return read.ok ? { document: read.document, base: read.document, ...rest } : null;
}
