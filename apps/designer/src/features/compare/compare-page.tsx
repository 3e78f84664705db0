import { isAllowed, type OutputOf, type Routes } from "@cordboard/api";
import { type FlowDocument, readFlow } from "@cordboard/flow-schema";
import { Button, EmptyState, formatDateTime, IconButton, Select } from "@cordboard/ui";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeftRight, FileWarning } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApi, useSignedIn } from "../../app/session-context.tsx";
import { demand, useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import { useWholeWindow } from "../../app/whole-window.ts";
import { useListAddress } from "../listing/use-list-address.ts";
import styles from "./compare.module.css";
import { ComparedFlows } from "./compared-flows.tsx";
import { useBranch } from "./use-branch.ts";

type FlowWithVersions = OutputOf<Routes["flows.get"]>;

/** Two states of one flow on one drawing: which ones stands in the address (`from`, `to`: a version's id, or `draft`). */
export function ComparePage() {
  const { flowId = "" } = useParams();
  useWholeWindow();
  const flow = useApiQuery("flows.get", { params: { flowId } });
  return <QueryView query={flow}>{(value) => <Compared flow={value} />}</QueryView>;
}

function Compared({ flow }: { flow: FlowWithVersions }) {
  const { t } = useTranslation("compare");
  const { flowId, name, published, draft, versions } = flow;
  const { get, set } = useListAddress();
  const { role } = useSignedIn();
  const navigate = useNavigate();
  const form = useTimeForm();
  const { branch, busy, problem } = useBranch();
  const newest = published?.versionId ?? versions[0]?.versionId ?? "draft";
  const to = get("to") || (draft ? "draft" : newest);
  const from =
    get("from") ||
    (to === newest ? (versions.find(({ versionId }) => versionId !== newest)?.versionId ?? newest) : newest);
  const [before, after] = [useSide(flowId, from), useSide(flowId, to)];
  const options = [
    ...(draft ? [{ value: "draft", label: t("draft") }] : []),
    ...versions.map(({ versionId, number, note, publishedAt }) => ({
      value: versionId,
      label: [t("version", { number }), note, formatDateTime(Date.parse(publishedAt), form)]
        .filter(Boolean)
        .join(" · "),
    })),
  ];
  const older = versions.find(({ versionId }) => versionId === from);
  const mayWrite = isAllowed(role, "write", "flows");
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <title>{`${t("title", { name })} · Cordboard`}</title>
        <Link className={styles.back} to={`/flows/${flowId}`}>
          {t("back")}
        </Link>
        <h1 className={styles.title}>{t("title", { name })}</h1>
        <div className={styles.choice}>
          <Select label={t("from")} options={options} value={from} onChange={(value) => set({ from: value, to })} />
        </div>
        <span className={styles.swap}>
          <IconButton icon={ArrowLeftRight} label={t("swap")} onClick={() => set({ from: to, to: from })} />
        </span>
        <div className={styles.choice}>
          <Select label={t("to")} options={options} value={to} onChange={(value) => set({ from, to: value })} />
        </div>
        <span className={styles.space} />
        {older && mayWrite && (
          <>
            <Button onClick={() => void navigate(`/flows/${flowId}?restore=${from}`)}>
              {t("restore", { number: older.number })}
            </Button>
            <Button busy={busy} onClick={() => void branch({ flowId, versionId: from, number: older.number, name })}>
              {t("branch", { number: older.number })}
            </Button>
          </>
        )}
        <ProblemNotice problem={problem} />
      </header>
      <QueryView query={before}>
        {(left) => (
          <QueryView query={after}>
            {(right) =>
              left === "unreadable" || right === "unreadable" ? (
                <EmptyState icon={FileWarning} title={t("unreadable")}>
                  {t("unreadable.words")}
                </EmptyState>
              ) : (
                <ComparedFlows key={`${from} ${to}`} before={left} after={right} />
              )
            }
          </QueryView>
        )}
      </QueryView>
    </div>
  );
}

/** A version, which never changes, or the draft as it is now. `unreadable`: a draft that is no flow document. */
function useSide(flowId: string, which: string) {
  const api = useApi();
  return useQuery({
    queryKey: ["compare", flowId, which],
    staleTime: which === "draft" ? 0 : Number.POSITIVE_INFINITY,
    // What is looked at does not change under its reader's eyes.
    refetchOnWindowFocus: false,
    retry: false,
    queryFn: async (): Promise<FlowDocument | "unreadable"> => {
      const found =
        which === "draft"
          ? demand(await api.call("flows.getDraft", { params: { flowId } }))
          : demand(await api.call("flows.getVersion", { params: { flowId, versionId: which } }));
      const read = readFlow(found.document);
      return read.ok ? read.document : "unreadable";
    },
  });
}
