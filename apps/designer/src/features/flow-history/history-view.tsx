import { Notice, Select } from "@cordboard/ui";
import { clockAt, dayAfter } from "@cordboard/ui/pages";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { QueryView } from "../../app/query-view.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useTimeForm } from "../../app/use-time-form.ts";
import { useEditor } from "../editor/store/editor-context.tsx";
import { historyMarks, shareOf } from "./figure-marks.ts";
import styles from "./flow-history.module.css";
import { NodeCalls } from "./node-calls.tsx";
import { NodeList, Undrawn } from "./node-list.tsx";
import { useFigureWords } from "./use-figure-words.ts";
import { VersionSelect } from "./version-select.tsx";

/** In days, today among them. */
const periods = ["1", "7", "28", "92", "365"] as const;
const MOST_SHOWN = 5;

/** Which ways calls took in some days, to today. */
export function HistoryView({ flowId }: { flowId: string }) {
  const { t } = useTranslation("flow-history");
  const { editor } = useEditor();
  const words = useFigureWords();
  const { timeZone } = useTimeForm();
  const [days, setDays] = useState<(typeof periods)[number]>("7");
  const [versionId, setVersionId] = useState<string | null>(null);
  const to = clockAt(Date.now(), timeZone).date;
  const from = dayAfter(to, 1 - Number(days));
  const history = useApiQuery(
    "flows.history",
    { params: { flowId }, query: { from, to, ...(versionId !== null && { versionId }) } },
    { everyMs: 60_000 },
  );
  const { data } = history;
  useEffect(() => {
    editor.showMarks(data && data.calls > 0 ? historyMarks(data, words) : null);
  }, [editor, data, words]);
  return (
    <>
      <Select
        label={t("period")}
        options={periods.map((value) => ({ value, label: t(`period.${value}`) }))}
        value={days}
        onChange={setDays}
      />
      <QueryView query={history}>
        {({ calls, versions, nodes, counting }) => {
          const left = nodes.filter(({ hungUp }) => hungUp > 0).sort((a, b) => b.hungUp - a.hungUp);
          return (
            <>
              <VersionSelect versions={versions} value={versionId} onChange={setVersionId} />
              <p role="status">{calls === 0 ? t("history.none") : t("history.count", { count: calls })}</p>
              {counting && <Notice kind="info">{t("history.counting")}</Notice>}
              {calls > 0 && <p className={styles.quiet}>{t("history.legend")}</p>}
              <Undrawn nodes={nodes} />
              {calls > 0 && left.length === 0 && <p className={styles.quiet}>{t("history.nobody")}</p>}
              <NodeList
                title={t("history.where")}
                nodes={left.slice(0, MOST_SHOWN).map(({ nodeId, hungUp, visits }) => ({
                  nodeId,
                  figures: t("history.share", {
                    number: words.number(hungUp),
                    visits: words.number(visits),
                    share: words.share(shareOf(hungUp, visits)),
                  }),
                }))}
              />
              <NodeCalls flowId={flowId} versionId={versionId} period={{ from, timeZone }} />
            </>
          );
        }}
      </QueryView>
    </>
  );
}
