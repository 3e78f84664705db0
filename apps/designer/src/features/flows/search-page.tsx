import type { FlowHit, FoundFlow } from "@cordboard/api";
import { findInText } from "@cordboard/flow-schema";
import { EmptyState } from "@cordboard/ui";
import { SearchX } from "lucide-react";
import { useDeferredValue } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { PageBody, PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { nodeAddress, SearchField, useTypeName } from "../listing/index.ts";
import { MarkedText } from "../search/marked-text.tsx";
import styles from "./search-page.module.css";

/** What all flows say and set, in service and drawn, by words: where is this queue used, who says this sentence? */
export function SearchPage() {
  const { t } = useTranslation("flows");
  const [params, setParams] = useSearchParams();
  const written = params.get("words") ?? "";
  const words = useDeferredValue(written.trim());
  const found = useApiQuery("uses.search", { query: { words } }, { enabled: words !== "" });
  return (
    <PageBody>
      <PageHeader title={t("search")} words={t("search.words")} actions={<Link to="/flows">{t("search.back")}</Link>} />
      <search className={styles.search}>
        <SearchField
          label={t("search.field")}
          value={written}
          onChange={(next) => setParams(next === "" ? {} : { words: next }, { replace: true })}
        />
      </search>
      {words !== "" && (
        <QueryView query={found}>
          {({ items }) => (
            <>
              <p className={styles.count} role="status">
                {items.length === 0 ? "" : t("search.found", { count: items.length })}
              </p>
              {items.length === 0 ? (
                <EmptyState icon={SearchX} title={t("search.none")} />
              ) : (
                items.map((flow) => <Found key={flow.flowId} flow={flow} words={words} />)
              )}
            </>
          )}
        </QueryView>
      )}
    </PageBody>
  );
}

function Found({ flow, words }: { flow: FoundFlow; words: string }) {
  const { t } = useTranslation("flows");
  const { flowId, name, hits, more } = flow;
  const typeName = useTypeName(hits.some(({ nodeId, nodeName }) => nodeId !== null && nodeName === ""));
  const placeOf = ({ nodeId, nodeName, nodeType }: FlowHit) =>
    nodeId === null ? t("search.flow") : nodeName || typeName(nodeType);
  return (
    <section className={styles.flow} aria-label={name}>
      <h2 className={styles.name}>
        <Link to={`/flows/${flowId}`}>
          <MarkedText text={name} ranges={findInText(name, { words })} />
        </Link>
      </h2>
      <ul className={styles.hits}>
        {hits.map((hit, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same may stand at two places of a node
          <li key={`${index} ${hit.text}`} className={styles.hit}>
            <Link to={hit.nodeId === null ? `/flows/${flowId}` : nodeAddress(flowId, hit.nodeId)}>{placeOf(hit)}</Link>
            <span>
              <MarkedText text={hit.text} ranges={findInText(hit.text, { words })} />
              {hit.where !== "both" && <span className={styles.quiet}> · {t(`search.${hit.where}`)}</span>}
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className={styles.quiet}>{t("search.more", { count: more })}</p>}
    </section>
  );
}
