import { Duration } from "@cordboard/ui";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { QueryView } from "../../app/query-view.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { useEditor } from "../editor/store/editor-context.tsx";
import { liveMarks, liveNodes } from "./figure-marks.ts";
import styles from "./flow-history.module.css";
import { NodeCalls } from "./node-calls.tsx";
import { NodeList, Undrawn } from "./node-list.tsx";
import { useFigureWords } from "./use-figure-words.ts";
import { VersionSelect } from "./version-select.tsx";

/** Where the calls of the flow are now; asked again every few seconds. */
export function LiveView({ flowId }: { flowId: string }) {
  const { t } = useTranslation("flow-history");
  const { editor } = useEditor();
  const words = useFigureWords();
  const [versionId, setVersionId] = useState<string | null>(null);
  const live = useApiQuery("flows.live", { params: { flowId } }, { everyMs: 3_000 });
  const nodes = useMemo(() => (live.data ? liveNodes(live.data, versionId) : null), [live.data, versionId]);
  useEffect(() => {
    if (nodes) editor.showMarks(liveMarks(nodes, words));
  }, [editor, nodes, words]);
  return (
    <QueryView query={live}>
      {({ calls, versions }) => (
        <>
          <p role="status">{calls === 0 ? t("live.none") : t("live.count", { count: calls })}</p>
          <VersionSelect versions={versions} value={versionId} onChange={setVersionId} />
          {calls > 0 && <p className={styles.quiet}>{t("live.legend")}</p>}
          <Undrawn nodes={nodes ?? []} />
          <NodeList
            title={t("live.where")}
            nodes={(nodes ?? []).map((node) => ({
              nodeId: node.nodeId,
              figures: (
                <>
                  {words.number(node.calls)} ·{" "}
                  {node.longestMs === null ? words.talking : <Duration ms={node.longestMs} />}
                </>
              ),
            }))}
          />
          <NodeCalls flowId={flowId} versionId={versionId} period={null} />
        </>
      )}
    </QueryView>
  );
}
