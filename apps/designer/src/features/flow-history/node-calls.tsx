import type { CallSummary } from "@cordboard/api";
import { Button, Duration, formatDateTime, PhoneNumber, SegmentedControl, useUiLanguage } from "@cordboard/ui";
import { instantOf } from "@cordboard/ui/pages";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { QueryView } from "../../app/query-view.tsx";
import { useMay } from "../../app/session-context.tsx";
import { useTimeForm } from "../../app/use-time-form.ts";
import { type CallFilter, useCalls } from "../calls/queries.ts";
import { useEditorState } from "../editor/store/editor-context.tsx";
import styles from "./flow-history.module.css";
import { nodeName } from "./node-name.ts";

type Props = {
  flowId: string;
  versionId: string | null;
  /** Null: those that are in the node now. */
  period: { readonly from: string; readonly timeZone: string } | null;
};

/** The calls of the node that is selected, each to be replayed on its drawing. For those who may read calls. */
export function NodeCalls(props: Props) {
  const { t } = useTranslation("flow-history");
  const may = useMay();
  const nodeId = useEditorState(({ selection }) => (selection.size === 1 ? [...selection][0] : undefined));
  if (!may("read", "calls")) return null;
  if (nodeId === undefined) return <p className={styles.quiet}>{t("choose")}</p>;
  return <CallsOfNode key={nodeId} nodeId={nodeId} {...props} />;
}

function CallsOfNode({ flowId, versionId, period, nodeId }: Props & { nodeId: string }) {
  const { t } = useTranslation("flow-history");
  const language = useUiLanguage();
  const document = useEditorState((state) => state.document);
  const [hungUp, setHungUp] = useState(false);
  const since = period === null ? null : instantOf(period.from, "00:00", period.timeZone);
  const filter: CallFilter = {
    flowId,
    ...(versionId !== null && { versionId }),
    ...(period === null ? { alive: true, inNodeId: nodeId } : hungUp ? { hungUpIn: nodeId } : { nodeId }),
    ...(since !== null && { from: since }),
  };
  const calls = useCalls(filter, period === null ? 5_000 : 60_000);
  const node = nodeName(document, nodeId, language);
  return (
    <section className={styles.section}>
      <h3>{t(period === null ? "calls.now" : "calls.came", { node })}</h3>
      {period !== null && (
        <SegmentedControl
          label={t("calls.which")}
          segments={[
            { value: "all", label: t("calls.all") },
            { value: "hungUp", label: t("calls.hungUp") },
          ]}
          value={hungUp ? "hungUp" : "all"}
          onChange={(chosen) => setHungUp(chosen === "hungUp")}
        />
      )}
      <QueryView query={calls}>
        {({ pages }) => {
          const found = pages.flatMap((page) => page.items);
          return found.length === 0 ? (
            <p className={styles.quiet}>{t(calls.hasNextPage ? "calls.noneYet" : "calls.none")}</p>
          ) : (
            <ul className={styles.rows}>
              {found.map((call) => (
                <CallRow key={call.callId} call={call} />
              ))}
            </ul>
          );
        }}
      </QueryView>
      {calls.hasNextPage && (
        <Button kind="quiet" wide busy={calls.isFetchingNextPage} onClick={() => void calls.fetchNextPage()}>
          {t("calls.more")}
        </Button>
      )}
    </section>
  );
}

function CallRow({ call }: { call: CallSummary }) {
  const { t } = useTranslation(["flow-history", "calls"]);
  const form = useTimeForm();
  const number = call.direction === "inbound" ? call.fromText : call.toText;
  return (
    <li>
      <Link className={styles.row} to={`/calls/${call.callId}/drawing`}>
        <span className={styles.name}>
          <time dateTime={call.startedAt}>{formatDateTime(Date.parse(call.startedAt), form)}</time>
          {" · "}
          {number === null ? t("calls.hidden") : <PhoneNumber text={number} />}
        </span>
        <span className={styles.figures}>
          {call.result === null ? t("calls.running") : t(`calls:result.${call.result}`)} ·{" "}
          <Duration ms={call.durationMs} />
        </span>
      </Link>
    </li>
  );
}
