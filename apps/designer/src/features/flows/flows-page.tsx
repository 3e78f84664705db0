import { type FlowSummary, isAllowed } from "@cordboard/api";
import { Button } from "@cordboard/ui";
import { showToast, ToastRegion } from "@cordboard/ui/pages";
import { FileDown, FileUp, Plus } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PageBody, PageHeader } from "../../app/page-header.tsx";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useSignedIn } from "../../app/session-context.tsx";
import { useApiChange, useApiQuery } from "../../app/use-api-query.ts";
import { FirstSteps } from "../first-steps/index.ts";
import { DeleteDialog } from "./delete-dialog.tsx";
import { FlowList } from "./flow-list.tsx";

/** It reads flow documents, which the list does not need. */
const NewFlowDialog = lazy(() => import("./new-flow-dialog.tsx").then((one) => ({ default: one.NewFlowDialog })));

/** As above. */
const ImportBundleDialog = lazy(() =>
  import("../moving/index.ts").then((moving) => ({ default: moving.ImportBundleDialog })),
);
const ExportFlowsDialog = lazy(() =>
  import("../moving/index.ts").then((moving) => ({ default: moving.ExportFlowsDialog })),
);

/** The list of flows, and how to begin one: empty, from a template, or from a file. A file with several moves them here from elsewhere. */
export function FlowsPage() {
  const { t } = useTranslation("flows");
  const { role } = useSignedIn();
  const flows = useApiQuery("flows.list", {}, { everyMs: 5_000 });
  const remove = useApiChange("flows.delete", { refreshes: ["flows.list"] });
  const [making, setMaking] = useState<{ readonly file: File | null } | null>(null);
  const [arriving, setArriving] = useState<string | null>(null);
  const [exporting, setExporting] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  /** One flow is a beginning; a bundle is taken over. */
  const takeFile = async (file: File) => {
    if (isBundle(await file.slice(0, BEGINNING).text())) setArriving(await file.text());
    else setMaking({ file });
  };
  const [leaving, setLeaving] = useState<FlowSummary | null>(null);
  const mayWrite = isAllowed(role, "write", "flows");
  const begin = mayWrite && (
    <Button kind="primary" icon={Plus} onClick={() => setMaking({ file: null })}>
      {t("new")}
    </Button>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the dialog offers the same by a button
    <div
      onDragOver={(event) => event.dataTransfer.types.includes("Files") && event.preventDefault()}
      onDrop={(event) => {
        const [file] = event.dataTransfer.files;
        if (!file || !mayWrite) return;
        event.preventDefault();
        void takeFile(file);
      }}
    >
      <PageBody>
        <PageHeader
          title={t("title")}
          words={t("words")}
          actions={
            <>
              <Link to="/flows/_search">{t("search")}</Link>
              {mayWrite && (
                <Button icon={FileUp} onClick={() => input.current?.click()}>
                  {t("import")}
                </Button>
              )}
              {(flows.data?.items.length ?? 0) > 0 && (
                <Button icon={FileDown} onClick={() => setExporting(true)}>
                  {t("export")}
                </Button>
              )}
              {begin}
            </>
          }
        />
        <ProblemNotice problem={remove.problem} onDismiss={remove.forget} />
        <QueryView query={flows}>
          {({ items }) => <FlowList flows={items} begin={begin} onDelete={setLeaving} />}
        </QueryView>
        {role === "admin" && <FirstSteps />}
      </PageBody>
      {making && (
        <Suspense fallback={null}>
          <NewFlowDialog
            file={making.file}
            onBundle={(text) => {
              setMaking(null);
              setArriving(text);
            }}
            onClose={() => setMaking(null)}
          />
        </Suspense>
      )}
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file) void takeFile(file);
        }}
      />
      {arriving !== null && (
        <Suspense fallback={null}>
          <ImportBundleDialog text={arriving} onClose={() => setArriving(null)} />
        </Suspense>
      )}
      {exporting && (
        <Suspense fallback={null}>
          <ExportFlowsDialog flows={flows.data?.items ?? []} onClose={() => setExporting(false)} />
        </Suspense>
      )}
      {leaving && (
        <DeleteDialog
          flow={leaving}
          onClose={() => setLeaving(null)}
          onDelete={async () => {
            const { flowId, name } = leaving;
            setLeaving(null);
            const answer = await remove.run({ params: { flowId } });
            if (answer.ok) showToast(t("deleted", { name }));
          }}
        />
      )}
      <ToastRegion />
    </div>
  );
}

/** Enough of a file to tell what it is. */
const BEGINNING = 2_000;

/** As `looksLikeBundle`, which comes with all that reads flows: the list does not need that. */
const isBundle = (beginning: string) => /^\s*\{[^{[]*"bundleVersion"\s*:/.test(beginning);
