import { useTranslation } from "react-i18next";
import { PageBody, PageHeader } from "../../app/page-header.tsx";
import { QueryView } from "../../app/query-view.tsx";
import { useApiQuery } from "../../app/use-api-query.ts";
import { FlowList } from "./flow-list.tsx";

/** The list of flows, and how to begin one. */
export function FlowsPage() {
  const { t } = useTranslation("flows");
  const flows = useApiQuery("flows.list", {}, { everyMs: 20_000 });
  return (
    <PageBody>
      <PageHeader title={t("title")} words={t("words")} />
      <QueryView query={flows}>{({ items }) => <FlowList flows={items} />}</QueryView>
    </PageBody>
  );
}
