import type { ApiProblem, FlowSummary } from "@cordboard/api";
import { exportBundle } from "@cordboard/api/moving";
import { type FlowDocument, readFlow } from "@cordboard/flow-schema";
import { registry } from "@cordboard/nodes";
import { Button, Checkbox, Dialog, Notice, useUiLanguage } from "@cordboard/ui";
import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../app/problem-notice.tsx";
import { useApi } from "../../app/session-context.tsx";
import { mediaHere } from "./media-here.ts";
import styles from "./moving.module.css";

/** Flows with all that they need as one file, for another installation. */
export function ExportFlowsDialog({ flows, onClose }: { flows: readonly FlowSummary[]; onClose: () => void }) {
  const { t } = useTranslation("moving");
  const api = useApi();
  const language = useUiLanguage();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    new Set(flows.length === 1 ? [flows[0]?.flowId ?? ""] : []),
  );
  const [drafts, setDrafts] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const toggle = (flowId: string) =>
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(flowId)) after.add(flowId);
      return after;
    });
  const save = async () => {
    setBusy(true);
    setProblem(null);
    setUnreadable(null);
    const roots: FlowDocument[] = [];
    for (const { flowId, name, published, draft } of flows.filter((flow) => chosen.has(flow.flowId))) {
      const versionId = published && !(drafts && draft) ? published.versionId : null;
      const held = versionId
        ? await api.call("flows.getVersion", { params: { flowId, versionId } })
        : await api.call("flows.getDraft", { params: { flowId } });
      const document = held.ok ? readFlow(held.value.document) : null;
      if (!held.ok) setProblem(held.error);
      else if (!document?.ok) setUnreadable(name);
      if (!document?.ok) return setBusy(false);
      roots.push(document.document);
    }
    const made = await exportBundle(roots, { client: api, registry, language, media: mediaHere.get });
    setBusy(false);
    if (!made.ok) return setProblem(made.error);
    download(
      `${roots
        .map(({ id }) => id)
        .join("-")
        .slice(0, 60)}.bundle.json`,
      JSON.stringify(made.value, null, 2),
    );
    onClose();
  };
  return (
    <Dialog
      title={t("export")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" icon={Download} busy={busy} disabled={chosen.size === 0} onClick={() => void save()}>
            {t("export.submit")}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <ProblemNotice problem={problem} />
        {unreadable !== null && <Notice kind="error">{t("export.unreadable", { name: unreadable })}</Notice>}
        <p className={styles.quiet}>{t("export.words")}</p>
        <fieldset className={styles.choices}>
          <legend>{t("export.which")}</legend>
          {flows.map(({ flowId, name }) => (
            <Checkbox key={flowId} label={name} checked={chosen.has(flowId)} onChange={() => toggle(flowId)} />
          ))}
        </fieldset>
        <Checkbox label={t("export.drafts")} checked={drafts} onChange={(event) => setDrafts(event.target.checked)} />
      </div>
    </Dialog>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
